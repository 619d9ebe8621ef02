/** What the catalog says, in the shapes that JDBC wants its metadata in. */
@NullMarked
package io.thalweg.jdbc.metadata;

import org.jspecify.annotations.NullMarked;
