/** The catalog as tables of an in-memory database, for everybody who asks about objects in SQL. */
@NullMarked
package io.thalweg.server.catalog.relational;

import org.jspecify.annotations.NullMarked;
