package io.thalweg.shell.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.error.SourceSpan;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void underlinesThePlaceInItsLine() {
        assertEquals("""
                error 42703: column amunt does not exist
                  2 | WHERE amunt > 3
                    |       ^^^^^
                hint: Did you mean amount?
                """, render("SELECT *\nWHERE amunt > 3", new SourceSpan(2, 7, 2, 11), "Did you mean amount?", 0));
    }

    @Test
    void countsCellsAndNotCharacters() {
        assertEquals("""
                error 42703: column amunt does not exist
                  1 | SELECT '日本', amunt
                    |                ^^^^^
                """, render("SELECT '日本',\tamunt", new SourceSpan(1, 14, 1, 18), null, 0));
    }

    @Test
    void marksTheRestOfTheFirstLineOfALongPlace() {
        assertEquals("""
                error 42703: column amunt does not exist
                  1 | SELECT (a
                    |        ^^
                """, render("SELECT (a\n+ b)", new SourceSpan(1, 8, 2, 4), null, 0));
    }

    @Test
    void marksThePlaceBehindTheEnd() {
        assertEquals("""
                error 42703: column amunt does not exist
                  1 | SELECT
                    |       ^
                """, render("SELECT", SourceSpan.at(1, 7), null, 0));
    }

    @Test
    void cutsALongLineAroundThePlace() {
        String sql = "SELECT " + "a, ".repeat(40) + "amunt, " + "b, ".repeat(40);
        assertEquals("""
                error 42703: column amunt does not exist
                  1 | ~ a, a, a, a, a, a, amunt, b,~
                    |                     ^^^^^
                """, render(sql, new SourceSpan(1, 128, 1, 132), null, 36));
    }

    @Test
    void leavesThePlaceOutIfTheStatementHasNoSuchLine() {
        assertEquals("error 42703: column amunt does not exist\n", render("SELECT 1", SourceSpan.at(3, 1), null, 0));
    }

    @Test
    void showsControlCharactersInsteadOfObeyingThem() {
        ErrorDetails error = new ErrorDetails("no \u001b[2Jsuch\nthing", "", Optional.empty(), Optional.empty());
        assertEquals("error: no \\x1b[2Jsuch\nthing\n", new ErrorText(Look.PLAIN).render(error, ""));
    }

    private static String render(String sql, SourceSpan span, String hint, int columns) {
        ErrorDetails error =
                new ErrorDetails("column amunt does not exist", "42703", Optional.of(span), Optional.ofNullable(hint));
        return new ErrorText(new Look(false, false, () -> columns)).render(error, sql);
    }
}
