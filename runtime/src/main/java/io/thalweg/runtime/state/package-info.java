/** What operators remember: hash tables, records and byte arenas in fixed pages, all charged to one memory budget. */
@NullMarked
package io.thalweg.runtime.state;

import org.jspecify.annotations.NullMarked;
