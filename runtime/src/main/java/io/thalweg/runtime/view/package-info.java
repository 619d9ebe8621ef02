/** What results are kept in and how they are told to others: the rows of a view, of a keyed table, and their changes. */
@NullMarked
package io.thalweg.runtime.view;

import org.jspecify.annotations.NullMarked;
