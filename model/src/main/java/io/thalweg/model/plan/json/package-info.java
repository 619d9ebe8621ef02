/** The stored form of physical plans: versioned JSON that later releases go on reading. */
@NullMarked
package io.thalweg.model.plan.json;

import org.jspecify.annotations.NullMarked;
