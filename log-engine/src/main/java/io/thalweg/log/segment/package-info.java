/** One segment file: its header, the frames in it in order, and the disposable index that finds an offset. */
@NullMarked
package io.thalweg.log.segment;

import org.jspecify.annotations.NullMarked;
