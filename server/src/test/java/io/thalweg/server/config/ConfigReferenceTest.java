package io.thalweg.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.server.session.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    /** {@code -Dupdate.golden=true} writes the page instead of comparing it. */
    @Test
    void thePageSaysWhatTheDeclarationsSay() throws IOException {
        Path page = root().resolve("docs").resolve("configuration.md");
        String expected = ConfigReference.markdown(Setting.describe());
        if (Boolean.getBoolean("update.golden")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, expected);
        }
        assertEquals(expected, Files.readString(page));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
