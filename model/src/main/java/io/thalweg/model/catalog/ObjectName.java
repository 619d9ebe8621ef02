package io.thalweg.model.catalog;

/** The qualified name of an object. Both parts are as stored: lower case unless they were quoted. */
public record ObjectName(String schema, String name) implements Comparable<ObjectName> {
    /** The schema of objects that were named without one. */
    public static final String DEFAULT_SCHEMA = "public";

    /** A name in the default schema. */
    public static ObjectName of(String name) {
        return new ObjectName(DEFAULT_SCHEMA, name);
    }

    @Override
    public int compareTo(ObjectName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** The name as it is shown to users: without the default schema. */
    @Override
    public String toString() {
        return schema.equals(DEFAULT_SCHEMA) ? name : schema + "." + name;
    }
}
