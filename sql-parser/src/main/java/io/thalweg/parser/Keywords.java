package io.thalweg.parser;

import io.thalweg.parser.grammar.ThalwegStatementLexer;
import io.thalweg.parser.grammar.ThalwegStatementParser;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATN;

/**
 * The words that mean something in a statement: for completion and highlighting, and to know which names need quotes.
 */
public final class Keywords {
    /** Words that a query cannot use as a name without quotes. */
    private static final Set<String> RESERVED_IN_QUERIES = words("""
            ABS ALL ALLOCATE ALLOW ALTER AND ANY ARE ARRAY ARRAY_MAX_CARDINALITY AS ASENSITIVE ASOF ASYMMETRIC AT
            ATOMIC AUTHORIZATION AVG BEGIN BEGIN_FRAME BEGIN_PARTITION BETWEEN BIGINT BINARY BIT BLOB BOOLEAN BOTH BY
            CALL CALLED CARDINALITY CASCADED CASE CAST CEIL CEILING CHAR CHARACTER CHARACTER_LENGTH CHAR_LENGTH CHECK
            CLASSIFIER CLOB CLOSE COALESCE COLLATE COLLECT COLUMN COMMIT CONDITION CONNECT CONSTRAINT CONTAINS CONVERT
            CORR CORRESPONDING COUNT COVAR_POP COVAR_SAMP CREATE CROSS CUBE CUME_DIST CURRENT CURRENT_CATALOG
            CURRENT_DATE CURRENT_DEFAULT_TRANSFORM_GROUP CURRENT_PATH CURRENT_ROLE CURRENT_ROW CURRENT_SCHEMA
            CURRENT_TIME CURRENT_TIMESTAMP CURRENT_TRANSFORM_GROUP_FOR_TYPE CURRENT_USER CURSOR CYCLE DATE DATETIME
            DAY DEALLOCATE DEC DECIMAL DECLARE DEFAULT DEFINE DELETE DENSE_RANK DEREF DESCRIBE DETERMINISTIC DISALLOW
            DISCONNECT DISTINCT DOUBLE DROP DYNAMIC EACH ELEMENT ELSE EMPTY END END_FRAME END_PARTITION EQUALS ESCAPE
            EVERY EXCEPT EXEC EXECUTE EXISTS EXP EXPLAIN EXTEND EXTERNAL EXTRACT FALSE FETCH FILTER FIRST_VALUE FLOAT
            FLOOR FOR FOREIGN FRAME_ROW FREE FRIDAY FROM FULL FUNCTION FUSION GET GLOBAL GRANT GROUP GROUPING GROUPS
            HAVING HOLD HOUR IDENTITY IMPORT IN INDICATOR INITIAL INNER INOUT INSENSITIVE INSERT INT INTEGER INTERSECT
            INTERSECTION INTERVAL INTO IS JOIN JSON_ARRAY JSON_ARRAYAGG JSON_EXISTS JSON_OBJECT JSON_OBJECTAGG
            JSON_QUERY JSON_SCOPE JSON_VALUE LAG LANGUAGE LARGE LAST_VALUE LATERAL LEAD LEADING LEFT LIKE LIKE_REGEX
            LIMIT LN LOCAL LOCALTIME LOCALTIMESTAMP LOWER MATCH MATCHES MATCH_CONDITION MATCH_NUMBER MATCH_RECOGNIZE
            MAX MEASURE MEASURES MEMBER MERGE METHOD MIN MINUS MINUTE MOD MODIFIES MODULE MONDAY MONTH MULTISET
            NATIONAL NATURAL NCHAR NCLOB NEW NEXT NO NONE NORMALIZE NOT NTH_VALUE NTILE NULL NULLIF NUMERIC
            OCCURRENCES_REGEX OCTET_LENGTH OF OFFSET OLD OMIT ON ONE ONLY OPEN OR ORDER ORDINAL OUT OUTER OVER
            OVERLAPS OVERLAY PARAMETER PARTITION PATTERN PER PERCENT PERCENTILE_CONT PERCENTILE_DISC PERCENT_RANK
            PERIOD PERMUTE PORTION POSITION POSITION_REGEX POWER PRECEDES PRECISION PREPARE PREV PRIMARY PROCEDURE
            QUALIFY RANGE RANK READS REAL RECURSIVE REF REFERENCES REFERENCING REGR_AVGX REGR_AVGY REGR_COUNT
            REGR_INTERCEPT REGR_R2 REGR_SLOPE REGR_SXX REGR_SXY REGR_SYY RELEASE RESET RESULT RETURN RETURNS REVOKE
            RIGHT ROLLBACK ROLLUP ROW ROWS ROW_NUMBER RUNNING SAFE_CAST SAFE_OFFSET SAFE_ORDINAL SATURDAY SAVEPOINT
            SCOPE SCROLL SEARCH SECOND SEEK SELECT SENSITIVE SESSION_USER SET SHOW SIMILAR SKIP SMALLINT SOME SPECIFIC
            SPECIFICTYPE SQL SQLEXCEPTION SQLSTATE SQLWARNING SQRT START STATIC STDDEV_POP STDDEV_SAMP STREAM
            SUBMULTISET SUBSET SUBSTRING SUBSTRING_REGEX SUCCEEDS SUM SUNDAY SYMMETRIC SYSTEM SYSTEM_TIME SYSTEM_USER
            TABLE TABLESAMPLE THEN THURSDAY TIME TIMESTAMP TIMEZONE_HOUR TIMEZONE_MINUTE TINYINT TO TRAILING TRANSLATE
            TRANSLATE_REGEX TRANSLATION TREAT TRIGGER TRIM TRIM_ARRAY TRUE TRUNCATE TRY_CAST TUESDAY UESCAPE UNION
            UNIQUE UNKNOWN UNNEST UNSIGNED UPDATE UPPER UPSERT USER USING UUID VALUE VALUES VALUE_OF VARBINARY VARCHAR
            VARIANT VARYING VAR_POP VAR_SAMP VERSIONING WEDNESDAY WHEN WHENEVER WHERE WIDTH_BUCKET WINDOW WITH WITHIN
            WITHOUT YEAR
            """);

    /** Words that have a meaning in a query and can be names too. */
    private static final Set<String> KNOWN_IN_QUERIES = words("""
            ASC BYTES CUMULATE DAYS DESCRIPTOR FIRST FOLLOWING GAP HOP HOURS LAST MINUTES NULLS ORDINALITY PRECEDING
            SECONDS SIZE SLIDE STRING TEXT TIMESTAMP_LTZ TUMBLE UNBOUNDED WINDOW_END WINDOW_START WINDOW_TIME
            """);

    private static final Vocabulary VOCABULARY = ThalwegStatementLexer.VOCABULARY;
    private static final Set<Integer> NOT_RESERVED_TYPES = nonReservedTypes();
    private static final List<String> OF_STATEMENTS = IntStream.rangeClosed(1, VOCABULARY.getMaxTokenType())
            .filter(Keywords::isKeyword)
            .mapToObj(Keywords::word)
            .sorted()
            .toList();
    private static final Set<String> RESERVED = Stream.concat(
                    RESERVED_IN_QUERIES.stream(),
                    IntStream.rangeClosed(1, VOCABULARY.getMaxTokenType())
                            .filter(type -> isKeyword(type) && !NOT_RESERVED_TYPES.contains(type))
                            .mapToObj(Keywords::word))
            .collect(Collectors.toUnmodifiableSet());
    private static final List<String> ALL = Stream.of(OF_STATEMENTS, RESERVED_IN_QUERIES, KNOWN_IN_QUERIES)
            .flatMap(words -> words.stream())
            .distinct()
            .sorted()
            .toList();

    private Keywords() {}

    /**
     * The words that this parser knows, in upper case and in order. Those of queries, such as {@code HAVING}, are not
     * among them.
     */
    public static List<String> ofStatements() {
        return OF_STATEMENTS;
    }

    /** The words of statements and of the queries and expressions in them, in upper case and in order. */
    public static List<String> all() {
        return ALL;
    }

    /** Whether a name has to be quoted because it is also a word of the language, whatever its case. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name.toUpperCase(Locale.ROOT));
    }

    /** Whether a type of token is a word with a fixed spelling. */
    static boolean isKeyword(int tokenType) {
        return spelling(tokenType)
                .filter(text -> Character.isLetter(text.charAt(0)))
                .isPresent();
    }

    /** The spelling of a type of token, or its name in the grammar if it has no fixed spelling. */
    static String word(int tokenType) {
        return spelling(tokenType).orElseGet(() -> VOCABULARY.getDisplayName(tokenType));
    }

    private static Optional<String> spelling(int tokenType) {
        return Optional.ofNullable(VOCABULARY.getLiteralName(tokenType)).map(SqlText::unquoted);
    }

    private static Set<Integer> nonReservedTypes() {
        ATN grammar = ThalwegStatementParser._ATN;
        return grammar.nextTokens(grammar.ruleToStartState[ThalwegStatementParser.RULE_nonReserved])
                .toSet();
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
