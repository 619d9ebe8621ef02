/** Sessions and what they do with statements: parse, plan, change the catalog, insert, answer, or hand over a query. */
@NullMarked
package io.thalweg.server.session;

import org.jspecify.annotations.NullMarked;
