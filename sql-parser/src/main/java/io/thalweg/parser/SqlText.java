package io.thalweg.parser;

import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.QualifiedName;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and strings in the form in which a statement has to write them. */
public final class SqlText {
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_$]*");

    private SqlText() {}

    /** A name, quoted if it would otherwise be folded, misread or refused. */
    public static String name(String name) {
        return PLAIN_NAME.matcher(name).matches() && !Keywords.isReserved(name) ? name : quoted(name, '"');
    }

    /** A qualified name whose parts are quoted where they need it. */
    public static String name(QualifiedName name) {
        return name.parts().stream().map(Identifier::name).map(SqlText::name).collect(Collectors.joining("."));
    }

    /** A string literal. */
    public static String string(String value) {
        return quoted(value, '\'');
    }

    private static String quoted(String value, char quote) {
        String mark = String.valueOf(quote);
        return mark + value.replace(mark, mark + mark) + mark;
    }

    /** What a quoted name or a string literal stands for. */
    static String unquoted(String literal) {
        String mark = literal.substring(0, 1);
        return literal.substring(1, literal.length() - 1).replace(mark + mark, mark);
    }
}
