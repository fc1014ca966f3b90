package lazaret.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;

/// The official JSON schema of CycloneDX 1.6, which the jar of its Java library has as a resource.
final class SchemaCheck {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(
              SpecVersion.VersionFlag.V7,
              factory ->
                  factory.schemaMappers(
                      mappers -> mappers.mapPrefix("http://cyclonedx.org/schema/", "classpath:/")))
          .getSchema(
              SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"),
              SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());

  private SchemaCheck() {}

  static void holds(String document) {
    assertThat(SCHEMA.validate(document, InputFormat.JSON)).as(document).isEmpty();
  }

  static boolean refuses(String document) {
    return !SCHEMA.validate(document, InputFormat.JSON).isEmpty();
  }
}
