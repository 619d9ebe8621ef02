package io.thalweg.planner.query;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * Calcite's parser as we set it: names in double quotes are kept, others folded to lower case. The Babel grammar, because
 * it lets columns be called {@code value} or {@code date}.
 */
final class SqlTextParser {
    private static final int MAX_NAME_LENGTH = 128;
    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.TO_LOWER)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(true)
            .withIdentifierMaxLength(MAX_NAME_LENGTH)
            .withConformance(SqlConformanceEnum.LENIENT);

    private SqlTextParser() {}

    /** Whether the grammar takes a word in upper case as a name only in quotes. */
    static boolean isReserved(String word) {
        return SqlParser.create("", CONFIG).getMetadata().isReservedWord(word);
    }

    static SqlNode parseQuery(SourceText source) throws SqlParseException {
        TextLimits.check(source, source.tokens());
        String text = source.parserText();
        SqlNode query = EmptyCollections.replaced(SqlParser.create(text, CONFIG).parseQuery(), text);
        RowPatternSyntax.prepare(query);
        AggregateSyntax.prepare(query);
        return query;
    }

    static SqlNode parseStatement(SourceText source) throws SqlParseException {
        TextLimits.check(source, source.tokens());
        return SqlParser.create(source.parserText(), CONFIG).parseStmt();
    }

    static SqlNode parseExpression(SourceText source) throws SqlParseException {
        TextLimits.check(source, source.tokens());
        String text = source.parserText();
        return EmptyCollections.replaced(SqlParser.create(text, CONFIG).parseExpression(), text);
    }
}
