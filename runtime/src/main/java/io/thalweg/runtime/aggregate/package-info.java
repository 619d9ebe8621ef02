/** Folds the rows of a group into values, so that rows may be taken out again and no order ever shows. */
@NullMarked
package io.thalweg.runtime.aggregate;

import org.jspecify.annotations.NullMarked;
