package io.thalweg.model.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SourceSpanTest {
    @Test
    void shiftsColumnsOfTheFirstLineOnly() {
        SourceSpan origin = SourceSpan.at(3, 11);
        assertEquals(new SourceSpan(3, 15, 3, 18), new SourceSpan(1, 5, 1, 8).within(origin));
        assertEquals(new SourceSpan(4, 5, 4, 8), new SourceSpan(2, 5, 2, 8).within(origin));
        assertEquals(new SourceSpan(3, 15, 4, 8), new SourceSpan(1, 5, 2, 8).within(origin));
    }
}
