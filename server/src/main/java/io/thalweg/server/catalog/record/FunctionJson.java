package io.thalweg.server.catalog.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.expression.JavaSignature;
import io.thalweg.model.expression.JavaType;
import java.util.ArrayList;
import java.util.List;

/** The definitions of functions as JSON trees. */
final class FunctionJson {
    private FunctionJson() {}

    static ObjectNode write(FunctionDefinition function, ObjectNode json) {
        json.put("id", function.id())
                .put("schema", function.name().schema())
                .put("name", function.name().name())
                .put("class", function.className())
                .put("jar", function.jar())
                .put("digest", function.digest())
                .put("deterministic", function.deterministic());
        ArrayNode signatures = json.putArray("signatures");
        for (JavaSignature signature : function.signatures()) {
            ObjectNode entry =
                    signatures.addObject().put("result", signature.result().name());
            ArrayNode parameters = entry.putArray("parameters");
            signature.parameters().forEach(parameter -> parameters.add(parameter.name()));
        }
        return json;
    }

    static FunctionDefinition read(JsonNode json) {
        List<JavaSignature> signatures = new ArrayList<>();
        for (JsonNode entry : json.required("signatures")) {
            List<JavaType> parameters = new ArrayList<>();
            entry.required("parameters").forEach(name -> parameters.add(JavaType.valueOf(name.textValue())));
            signatures.add(new JavaSignature(
                    parameters, JavaType.valueOf(entry.required("result").textValue())));
        }
        return new FunctionDefinition(
                json.required("id").longValue(),
                new ObjectName(
                        json.required("schema").textValue(),
                        json.required("name").textValue()),
                json.required("class").textValue(),
                json.required("jar").textValue(),
                json.required("digest").textValue(),
                json.required("deterministic").booleanValue(),
                signatures);
    }
}
