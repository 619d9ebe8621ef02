package io.thalweg.runtime.expression;

import io.thalweg.model.expression.ScalarFunction;
import java.util.List;

/**
 * What the documentation says about a function; the page of SQL functions is made from these.
 *
 * @param name the function as it is called or written in SQL
 * @param family the heading it stands under
 * @param arguments its arguments, in the words of the documentation
 * @param description one line
 */
public record FunctionReference(
        ScalarFunction function, String name, String family, String arguments, String description) {
    private static final String TABLE = """
            ADD|+|Arithmetic|number, number|Sum; an error if it is out of range.
            SUBTRACT|-|Arithmetic|number, number|Difference.
            MULTIPLY|*|Arithmetic|number, number|Product.
            DIVIDE|/|Arithmetic|number, number|Quotient; of integers towards zero; division by zero is an error.
            MODULO|MOD|Arithmetic|number, number|Remainder with the sign of the first number.
            NEGATE|-|Arithmetic|number|The number with the other sign.
            ABSOLUTE|ABS|Arithmetic|number|Absolute value.
            SIGN|SIGN|Arithmetic|number|-1, 0 or 1.
            EQUAL|=|Comparison|value, value|Equal; NaN equals NaN.
            NOT_EQUAL|<>|Comparison|value, value|Not equal.
            LESS|<|Comparison|value, value|Less; text by code points, NaN above all numbers.
            LESS_OR_EQUAL|<=|Comparison|value, value|Less or equal.
            GREATER|>|Comparison|value, value|Greater.
            GREATER_OR_EQUAL|>=|Comparison|value, value|Greater or equal.
            IS_DISTINCT_FROM|IS DISTINCT FROM|Comparison|value, value|Different, where NULL is a value like others.
            IS_NOT_DISTINCT_FROM|IS NOT DISTINCT FROM|Comparison|value, value|Equal, where NULL is a value like others.
            IN|IN|Comparison|value, list|Equal to one of the list.
            AND|AND|Logic|condition, condition|Both are true.
            OR|OR|Logic|condition, condition|One is true.
            NOT|NOT|Logic|condition|The contrary; NULL of NULL.
            IS_NULL|IS NULL|Logic|value|The value is NULL.
            IS_NOT_NULL|IS NOT NULL|Logic|value|The value is not NULL.
            IS_TRUE|IS TRUE|Logic|condition|True, neither false nor NULL.
            IS_NOT_TRUE|IS NOT TRUE|Logic|condition|False or NULL.
            IS_FALSE|IS FALSE|Logic|condition|False, neither true nor NULL.
            IS_NOT_FALSE|IS NOT FALSE|Logic|condition|True or NULL.
            CASE|CASE|Conditional|WHEN condition THEN value ... ELSE value|The value of the first true condition.
            COALESCE|COALESCE|Conditional|value, ...|The first value that is not NULL.
            GREATEST|GREATEST|Conditional|value, ...|The greatest value that is not NULL.
            LEAST|LEAST|Conditional|value, ...|The least value that is not NULL.
            CAST|CAST|Conversion|value AS type|The value as another type; numbers are rounded half away from zero.
            TRY_CAST|TRY_CAST|Conversion|value AS type|As CAST, but NULL where that is an error.
            POWER|POWER|Numbers|base, exponent|The power.
            SQUARE_ROOT|SQRT|Numbers|number|Square root.
            EXPONENTIAL|EXP|Numbers|number|The power of e.
            LOGARITHM_NATURAL|LN|Numbers|number|Natural logarithm.
            LOGARITHM_10|LOG10|Numbers|number|Logarithm to base 10.
            SINE|SIN|Numbers|radians|Sine.
            COSINE|COS|Numbers|radians|Cosine.
            TANGENT|TAN|Numbers|radians|Tangent.
            ARC_SINE|ASIN|Numbers|number|Arc sine in radians.
            ARC_COSINE|ACOS|Numbers|number|Arc cosine in radians.
            ARC_TANGENT|ATAN|Numbers|number|Arc tangent in radians.
            ARC_TANGENT_2|ATAN2|Numbers|y, x|The angle of a point in radians.
            DEGREES|DEGREES|Numbers|radians|Radians in degrees.
            RADIANS|RADIANS|Numbers|degrees|Degrees in radians.
            HYPERBOLIC_SINE|SINH|Numbers|number|Hyperbolic sine.
            HYPERBOLIC_COSINE|COSH|Numbers|number|Hyperbolic cosine.
            HYPERBOLIC_TANGENT|TANH|Numbers|number|Hyperbolic tangent.
            CUBE_ROOT|CBRT|Numbers|number|Cube root.
            LOGARITHM_2|LOG2|Numbers|number|Logarithm to base 2, exact for its powers.
            GREATEST_COMMON_DIVISOR|GCD|Numbers|integer, integer|The greatest number that divides both.
            LEAST_COMMON_MULTIPLE|LCM|Numbers|integer, integer|The least number that both divide.
            FACTORIAL|FACTORIAL|Numbers|integer|The product of 1 to the number, up to 20.
            WIDTH_BUCKET|WIDTH_BUCKET|Numbers|number, low, high, count|Which of so many equal parts it is in, from 1.
            BITS_AND|BITAND|Numbers|integer, integer|The bits that both have.
            BITS_OR|BITOR|Numbers|integer, integer|The bits that one has.
            BITS_XOR|BITXOR|Numbers|integer, integer|The bits that differ.
            BITS_NOT|BITNOT|Numbers|integer|All bits turned round.
            SHIFT_LEFT|SHIFT_LEFT|Numbers|integer, places|The bits moved to the left.
            SHIFT_RIGHT|SHIFT_RIGHT|Numbers|integer, places|The bits moved to the right, the sign staying.
            BIT_COUNT|BIT_COUNT|Numbers|integer|How many bits are set.
            FLOOR|FLOOR|Numbers|number|The greatest whole number that is not above.
            CEILING|CEIL|Numbers|number|The least whole number that is not below.
            ROUND|ROUND|Numbers|number, digits|Rounded half away from zero to digits after the point.
            TRUNCATE|TRUNCATE|Numbers|number, digits|Cut off after digits behind the point.
            CONCATENATE|CONCAT|Text|text, ...|The texts one after the other.
            UPPER|UPPER|Text|text|In upper case.
            LOWER|LOWER|Text|text|In lower case.
            INITIAL_CAPITALS|INITCAP|Text|text|Each word with a capital.
            CHARACTER_LENGTH|CHAR_LENGTH|Text|text|How many characters.
            OCTET_LENGTH|OCTET_LENGTH|Text|text or binary|How many bytes, of text in UTF-8.
            SUBSTRING|SUBSTRING|Text|text, start, length|Characters from a position, counted from 1.
            POSITION|POSITION|Text|what IN text|Where a text is in another, from 1; 0 if it is not.
            TRIM_BOTH|TRIM|Text|text, characters|Without these characters at both ends.
            TRIM_LEADING|LTRIM|Text|text, characters|Without these characters at the start.
            TRIM_TRAILING|RTRIM|Text|text, characters|Without these characters at the end.
            REPLACE|REPLACE|Text|text, what, replacement|All occurrences replaced.
            OVERLAY|OVERLAY|Text|text, replacement, start, length|A part replaced.
            LEFT|LEFT|Text|text, count|The first characters.
            RIGHT|RIGHT|Text|text, count|The last characters.
            REVERSE|REVERSE|Text|text|The characters backwards.
            REPEAT|REPEAT|Text|text, count|The text so many times.
            PAD_LEFT|LPAD|Text|text, length, padding|Filled up or cut to a length, on the left.
            PAD_RIGHT|RPAD|Text|text, length, padding|Filled up or cut to a length, on the right.
            ASCII|ASCII|Text|text|The code point of the first character, 0 of an empty text.
            CHARACTER|CHR|Text|code point|The character with this code point.
            STARTS_WITH|STARTS_WITH|Text|text, start|The text starts so.
            ENDS_WITH|ENDS_WITH|Text|text, end|The text ends so.
            CONTAINS|CONTAINS|Text|text, part|The text contains the other.
            SPLIT_PART|SPLIT_PART|Text|text, separator, number|The part of this number, from 1; below 0 from the end.
            SPLIT_INDEX|SPLIT_INDEX|Text|text, separator, index|The part of this index, from 0; NULL if there is none.
            LIKE|LIKE|Text|text, pattern, escape|Matches a pattern of % and _; without ESCAPE nothing escapes.
            LIKE_IGNORE_CASE|ILIKE|Text|text, pattern, escape|LIKE without regard to case.
            TRANSLATE|TRANSLATE|Text|text, from, to|Each character of one list as that of the other.
            SOUNDEX|SOUNDEX|Text|text|How it sounds in English: a letter and three digits.
            LEVENSHTEIN|LEVENSHTEIN|Text|text, text|How many characters differ.
            TO_BASE64|TO_BASE64|Text|text or binary|The bytes in base 64.
            FROM_BASE64|FROM_BASE64|Text|text|The bytes of a text in base 64.
            URL_ENCODE|URL_ENCODE|Text|text|As the value of a form.
            URL_DECODE|URL_DECODE|Text|text|The text of such a value.
            UNHEX|UNHEX|Text|text|The bytes of hexadecimal digits.
            REGEX_MATCHES|REGEXP_LIKE|Text|text, pattern|A part matches the regular expression.
            SIMILAR|SIMILAR TO|Text|text, pattern, escape|The whole matches a regular expression of SQL.
            REGEX_EXTRACT|REGEXP_EXTRACT|Text|text, pattern, group|The first match, or a group of it; NULL if there is none.
            REGEX_REPLACE|REGEXP_REPLACE|Text|text, pattern, replacement|All matches replaced.
            REGEX_COUNT|REGEXP_COUNT|Text|text, pattern|How many matches there are.
            MD5|MD5|Text|text or binary|The MD5 hash in hexadecimal digits.
            SHA1|SHA1|Text|text or binary|The SHA-1 hash in hexadecimal digits.
            SHA256|SHA256|Text|text or binary|The SHA-256 hash in hexadecimal digits.
            SHA512|SHA512|Text|text or binary|The SHA-512 hash in hexadecimal digits.
            CRC32|CRC32|Text|text or binary|The checksum.
            HEXADECIMAL|HEX|Text|text or binary|The bytes in hexadecimal digits.
            EXTRACT|EXTRACT|Date and time|field FROM value|A field; MILLISECOND and MICROSECOND count from the minute.
            FLOOR_DATETIME|FLOOR|Date and time|value TO unit|The start of the unit; weeks start on Monday.
            CEILING_DATETIME|CEIL|Date and time|value TO unit|The start of the next unit unless it is one.
            ADD_INTERVAL|+|Date and time|value, interval|Later by an interval; a day past the month's end becomes the last.
            SUBTRACT_DATETIME|-|Date and time|value, value|The interval between.
            DATETIME_DIFFERENCE|TIMESTAMPDIFF|Date and time|unit, from, to|Whole units between.
            MULTIPLY_INTERVAL|*|Date and time|interval, number|A multiple of an interval.
            DIVIDE_INTERVAL|/|Date and time|interval, number|A fraction of an interval.
            DATE_FORMAT|DATE_FORMAT|Date and time|timestamp, pattern|As text by a pattern such as yyyy-MM-dd HH:mm:ss.
            PARSE_TIMESTAMP|TO_TIMESTAMP|Date and time|text, pattern|From text by a pattern; the date must exist.
            TIMESTAMP_FROM_MILLIS|TO_TIMESTAMP_LTZ|Date and time|milliseconds|From milliseconds since 1970.
            MILLIS_FROM_TIMESTAMP|UNIX_MILLIS|Date and time|timestamp|Milliseconds since 1970.
            TIMESTAMP_FROM_SECONDS|TIMESTAMP_SECONDS|Date and time|seconds|From seconds since 1970.
            TIMESTAMP_FROM_MICROS|TIMESTAMP_MICROS|Date and time|microseconds|From microseconds since 1970.
            LAST_DAY|LAST_DAY|Date and time|date|The last day of the month.
            DAY_NAME|DAYNAME|Date and time|date|The day of the week in English.
            MONTH_NAME|MONTHNAME|Date and time|date|The month in English.
            MAKE_DATE|MAKE_DATE|Date and time|year, month, day|The date.
            CONVERT_TIME_ZONE|CONVERT_TIMEZONE|Date and time|timestamp, zone, zone|The local time of one zone as that of another.
            TUMBLE_START|TUMBLE_START|Date and time|timestamp, size|The start of the tumbling window.
            ARRAY_OF|ARRAY|Collections|value, ...|ARRAY[a, b]: the values as an array.
            MAP_OF|MAP|Collections|key, value, ...|MAP[k, v]: the values by their keys.
            ROW_OF|ROW|Collections|value, ...|The values as a row.
            ELEMENT_AT|a[i]|Collections|array, position|The element at a position from 1; NULL if there is none.
            ENTRY_AT|m[key]|Collections|map, key|The value of the key; NULL if there is none.
            FIELD_OF|r.field|Collections|row, field|The field of this name.
            CARDINALITY|CARDINALITY|Collections|array or map|How many elements or entries.
            ONLY_ELEMENT|ELEMENT|Collections|array|The only element; an error if there are several.
            ARRAY_CONTAINS|ARRAY_CONTAINS|Collections|array, element|The element is in the array.
            ARRAY_POSITION|ARRAY_POSITION|Collections|array, element|The first place of the element from 1; 0 if it is not there.
            ARRAY_CONCAT|ARRAY_CONCAT|Collections|array, ...|The arrays one after the other.
            ARRAY_REMOVE|ARRAY_REMOVE|Collections|array, element|Without the elements that equal it.
            ARRAY_DISTINCT|ARRAY_DISTINCT|Collections|array|The first of equal elements each.
            ARRAY_REVERSE|ARRAY_REVERSE|Collections|array|The elements backwards.
            ARRAY_SLICE|ARRAY_SLICE|Collections|array, first, last|The elements from one position to another; below 0 from the end.
            ARRAY_SORT|ARRAY_SORT|Collections|array|From least to greatest, NULL at the end.
            ARRAY_MINIMUM|ARRAY_MIN|Collections|array|The least element that is not NULL.
            ARRAY_MAXIMUM|ARRAY_MAX|Collections|array|The greatest element that is not NULL.
            ARRAY_JOIN|ARRAY_JOIN|Collections|array, separator, text for NULL|The elements as one text.
            SPLIT|SPLIT|Collections|text, separator|The parts of a text as an array.
            MAP_KEYS|MAP_KEYS|Collections|map|The keys in their order.
            MAP_VALUES|MAP_VALUES|Collections|map|The values in the order of their keys.
            MAP_ENTRIES|MAP_ENTRIES|Collections|map|The entries as rows of key and value.
            MAP_FROM_ARRAYS|MAP_FROM_ARRAYS|Collections|keys, values|The map of keys and as many values.
            JSON_VALUE|JSON_VALUE|JSON|text, path|The scalar that the path leads to, as text or what RETURNING says.
            JSON_OUTCOME|JSON_VALUE ... DEFAULT|JSON|text, path|Whether the path leads to a scalar, to nothing, or to an error.
            JSON_QUERY|JSON_QUERY|JSON|text, path|The object or array that the path leads to, as JSON.
            JSON_EXISTS|JSON_EXISTS|JSON|text, path|Whether the path leads to anything.
            IS_JSON|IS JSON|JSON|text|Whether the text is JSON: any, or an OBJECT, ARRAY or SCALAR.
            SORT_KEY|ORDER BY|Collections|value|Bytes that are ordered as the value; of the order within ARRAY_AGG.
            MAP_CONTAINS_KEY|MAP_CONTAINS_KEY|Collections|map, key|The key is in the map.
            """;

    private static final List<FunctionReference> ALL =
            TABLE.lines().map(FunctionReference::parse).toList();

    /** All functions in the order of the page. */
    public static List<FunctionReference> all() {
        return ALL;
    }

    private static FunctionReference parse(String line) {
        String[] cells = line.split("\\|", -1);
        return new FunctionReference(ScalarFunction.valueOf(cells[0]), cells[1], cells[2], cells[3], cells[4]);
    }
}
