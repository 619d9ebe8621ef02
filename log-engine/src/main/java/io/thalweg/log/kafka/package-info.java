/** A partition as Apache Kafka knows it: record batches checked and kept as they came, fetched unchanged. */
@NullMarked
package io.thalweg.log.kafka;

import org.jspecify.annotations.NullMarked;
