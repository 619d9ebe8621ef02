/** Rows of flat columns in Apache Parquet files, page by page, without Hadoop. */
@NullMarked
package io.thalweg.server.format.parquet;

import org.jspecify.annotations.NullMarked;
