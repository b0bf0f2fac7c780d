/**
 * backup.yaml, environment and --set, turned into the settings of the other packages.
 */
@NullMarked
package dev.milvusbackup.config;

import org.jspecify.annotations.NullMarked;
