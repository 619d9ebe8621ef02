package io.thalweg.shell.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class ProductVersion implements IVersionProvider {
    /** Where Maven leaves the version in a jar. */
    private static final String PROPERTIES = "/META-INF/maven/io.thalweg/thalweg-shell/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream stream = ProductVersion.class.getResourceAsStream(PROPERTIES)) {
            Properties properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            return new String[] {"Thalweg " + properties.getProperty("version", "(not from a jar)")};
        }
    }
}
