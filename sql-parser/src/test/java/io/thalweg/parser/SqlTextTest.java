package io.thalweg.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.parser.ast.SetSetting;
import io.thalweg.parser.ast.UpdateRows;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTextTest {
    @Test
    void quotesOnlyNamesThatNeedIt() {
        assertEquals("orders", SqlText.name("orders"));
        assertEquals("orders$late", SqlText.name("orders$late"));
        assertEquals("\"Orders\"", SqlText.name("Orders"));
        assertEquals("\"größe\"", SqlText.name("größe"));
        assertEquals("\"1a\"", SqlText.name("1a"));
        assertEquals("\"a\"\"b\"", SqlText.name("a\"b"));
        assertEquals("\"value\"", SqlText.name("value"));
        assertEquals("\"table\"", SqlText.name("table"));
        assertEquals("comment", SqlText.name("comment"));
    }

    @Test
    void readsBackTheNamesItWrites() {
        for (String name : List.of("a", "A b", "select", "\"", "🌊", "$", "a.b", "key", "--")) {
            UpdateRows update = (UpdateRows) StatementParser.parse("UPDATE s." + SqlText.name(name) + " SET a = 1");
            assertEquals(name, update.target().last().name());
            assertEquals("s." + SqlText.name(name), SqlText.name(update.target()));
        }
    }

    @Test
    void readsBackTheStringsItWrites() {
        for (String value : List.of("", "'", "it''s", "\\", "a\n;b", "🌊", "--", "\"")) {
            SetSetting set = (SetSetting) StatementParser.parse("SET a = " + SqlText.string(value));
            assertEquals(value, set.value().text());
        }
    }

    @Test
    void knowsItsKeywords() {
        assertTrue(Keywords.ofStatements().containsAll(List.of("SELECT", "STREAM", "WATERMARK", "EMIT")));
        assertTrue(Keywords.all().containsAll(List.of("HAVING", "JOIN", "TUMBLE", "STREAM")));
        assertTrue(Keywords.isReserved("Select") && Keywords.isReserved("user"));
        assertTrue(!Keywords.isReserved("comment") && !Keywords.isReserved("orders"));
    }
}
