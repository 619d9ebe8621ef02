/**
 * The partitions of one stream or table: which of them take which keys, how they follow from each other, and how they are
 * split, merged and added while rows come in.
 */
@NullMarked
package io.thalweg.server.shard;

import org.jspecify.annotations.NullMarked;
