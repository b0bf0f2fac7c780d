@NullMarked
package dev.milvusbackup.retention;

import org.jspecify.annotations.NullMarked;
