/**
 * The pages for people: plain HTML from the server, with a little script for live
 * progress. Everything works without the script, and nothing is loaded from elsewhere.
 */
@NullMarked
package dev.milvusbackup.rest.console;

import org.jspecify.annotations.NullMarked;
