/** Values between columns and Java: reading a cell as what the caller asks for, and a parameter as what the server wants. */
@NullMarked
package io.thalweg.jdbc.value;

import org.jspecify.annotations.NullMarked;
