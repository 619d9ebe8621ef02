package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How names in statements are resolved, and which names a new object may have. */
public final class NameRules {
    /** The one catalog. */
    public static final String CATALOG = "thalweg";

    private static final int MAX_NAME_LENGTH = 128;
    private static final Set<String> SYSTEM_SCHEMAS = Set.of("information_schema", "sys");
    /** What a name on the command line, in a log or in a metric never has to be quoted for. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private NameRules() {}

    /** The name that a statement means, seen from the current schema. */
    public static ObjectName resolve(QualifiedName name, String currentSchema) {
        List<Identifier> parts = name.parts();
        if (parts.size() > 3 || parts.size() == 3 && !parts.get(0).name().equals(CATALOG)) {
            throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "catalog " + parts.get(0) + " does not exist")
                    .at(parts.get(0).span())
                    .withHint("There is one catalog, " + CATALOG + ": write schema.name or name.");
        }
        String schema =
                parts.size() == 1 ? currentSchema : parts.get(parts.size() - 2).name();
        return new ObjectName(schema, name.last().name());
    }

    /** The object that a statement means; throws UNDEFINED_OBJECT with the place of the name. */
    public static CatalogObject find(CatalogSnapshot catalog, QualifiedName name, String currentSchema) {
        ObjectName resolved = resolve(name, currentSchema);
        return catalog.find(resolved).orElseThrow(() -> undefined("object", resolved, name));
    }

    /** What to throw for a name that nothing has. */
    public static ThalwegException undefined(String kind, ObjectName resolved, QualifiedName name) {
        return new ThalwegException(ErrorCode.UNDEFINED_OBJECT, kind + " " + resolved + " does not exist")
                .at(name.span());
    }

    /** What to throw if a statement says that an object is of a kind it is not of. */
    public static ThalwegException wrongKind(CatalogObject object, ObjectKind said, QualifiedName name) {
        return new ThalwegException(
                        ErrorCode.WRONG_OBJECT_KIND,
                        object.name() + " is a " + object.kind().noun() + ", not a " + said.noun())
                .at(name.span());
    }

    /** Whether names can be looked up in this schema. */
    public static boolean isSchema(String schema) {
        return schema.equals(ObjectName.DEFAULT_SCHEMA) || SYSTEM_SCHEMAS.contains(schema);
    }

    /** The name for a new object; throws if a user may not give it. */
    static ObjectName forNewObject(QualifiedName name, String currentSchema) {
        ObjectName resolved = resolve(name, currentSchema);
        if (SYSTEM_SCHEMAS.contains(resolved.schema())) {
            throw new ThalwegException(
                            ErrorCode.RESERVED_NAME,
                            "schema " + resolved.schema() + " belongs to the system and takes no new objects")
                    .at(name.span());
        }
        if (!isSchema(resolved.schema())) {
            throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "schema " + resolved.schema() + " does not exist")
                    .at(name.span());
        }
        checkCharacters(resolved, name.last());
        return resolved;
    }

    private static void checkCharacters(ObjectName resolved, Identifier identifier) {
        String name = resolved.name();
        if (name.startsWith("__") || name.indexOf('$') >= 0) {
            throw new ThalwegException(ErrorCode.RESERVED_NAME, "name " + name + " is reserved for the system")
                    .at(identifier.span())
                    .withHint("Names that start with \"__\" or contain \"$\" belong to the system.");
        }
        if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION,
                            name.length() > MAX_NAME_LENGTH
                                    ? "the name has " + name.length() + " characters, " + MAX_NAME_LENGTH
                                            + " are allowed"
                                    : "name " + name + " has a character that object names do not have")
                    .at(identifier.span())
                    .withHint("A name starts with a letter or _, and goes on with letters, digits, _, - and dots.");
        }
    }
}
