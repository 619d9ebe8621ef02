package io.thalweg.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.error.ThalwegException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {
    @ParameterizedTest
    @CsvSource({
        "query_timeout, 1500, 1500 ms",
        "query_timeout, 60000, 1 min",
        "query_timeout, 36h, 36 h",
        "query_timeout, 7 D, 7 d",
        "QUERY_TIMEOUT, 0, 0 ms",
        "max_rows, 10, 10",
        "timezone, z, UTC",
        "schema, sys, sys",
    })
    void showsAValueInOneForm(String name, String said, String shown) {
        Setting setting = Setting.named(name);
        assertEquals(shown, SessionSettings.DEFAULT.with(setting, said).value(setting));
    }

    @ParameterizedTest
    @CsvSource({
        "query_timeout, 8 d",
        "query_timeout, -1",
        "query_timeout, 5 parsecs",
        "query_timeout, 999999999999 d",
        "max_rows, -1",
        "max_rows, all",
        "timezone, Europe/Berlin",
        "schema, nowhere",
    })
    void refusesWhatIsOutsideTheRange(String name, String said) {
        Setting setting = Setting.named(name);
        ThalwegException failure =
                assertThrows(ThalwegException.class, () -> SessionSettings.DEFAULT.with(setting, said));
        assertEquals("setting " + name + " cannot be " + said, failure.message());
        assertEquals("Possible: " + setting.range() + ".", failure.hint().orElseThrow());
    }

    @Test
    void everyDefaultIsInItsRange() {
        for (Setting setting : Setting.values()) {
            assertEquals(setting.defaultValue(), setting.normalize(setting.defaultValue()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%, flights, true",
        "fli%, flights, true",
        "%ts, flights, true",
        "f%g%s, flights, true",
        "f_ights, flights, true",
        "FLIGHTS, flights, true",
        "flight, flights, false",
        "_flights, flights, false",
        "%x%, flights, false",
        "%%%%, '', true",
        "'', '', true",
    })
    void matchesLikePatterns(String pattern, String name, boolean matches) {
        assertEquals(matches, new LikePattern(pattern).matches(name));
    }
}
