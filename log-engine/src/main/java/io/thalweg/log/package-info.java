/**
 * The durable, partitioned log: {@link io.thalweg.log.LogStore} opens a data directory, {@link
 * io.thalweg.log.PartitionLog} appends to and reads one partition of it.
 */
@NullMarked
package io.thalweg.log;

import org.jspecify.annotations.NullMarked;
