package io.thalweg.jdbc.value;

import java.sql.Types;

/** An array that the caller makes for a parameter; its elements are converted when it is set. */
public final class GivenArray extends ElementArray {
    private final String typeName;
    private final Object[] elements;

    /** @param typeName what the caller calls the type of the elements */
    public GivenArray(String typeName, Object[] elements) {
        this.typeName = typeName;
        this.elements = elements.clone();
    }

    @Override
    public String getBaseTypeName() {
        return typeName;
    }

    @Override
    public int getBaseType() {
        return Types.OTHER;
    }

    @Override
    public Object[] getArray() {
        return elements.clone();
    }
}
