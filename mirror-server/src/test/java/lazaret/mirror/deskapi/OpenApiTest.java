package lazaret.mirror.deskapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.mirror.config.ConfigGoldenFiles;
import lazaret.vetting.ErrorCode;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private final OpenApi file = new OpenApi();

  @Test
  void namesExactlyTheRoutes() {
    Set<String> documented = new TreeSet<>();
    file.document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            documented.add(
                                operation.getKey().toUpperCase(Locale.ROOT)
                                    + " "
                                    + path.getKey()
                                    + " "
                                    + operation.getValue().path("x-scope").asText()
                                    + " "
                                    + bodyType(operation.getValue()))));

    assertThat(documented)
        .isEqualTo(
            Stream.concat(
                    Stream.of("GET /desk/v1/proof none none"),
                    Stream.of(DeskRoute.values())
                        .map(
                            r ->
                                r.method()
                                    + " "
                                    + r.template()
                                    + " "
                                    + ReportJson.word(r.scope())
                                    + " "
                                    + ReportJson.word(r.body())))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String bodyType(JsonNode operation) {
    JsonNode content = operation.path("requestBody").path("content");
    return content.has("application/json")
        ? "json"
        : content.has("application/octet-stream") ? "bytes" : "none";
  }

  @Test
  void documentsEachParameterOfAPath() {
    for (DeskRoute route : DeskRoute.values()) {
      JsonNode operation =
          file.document()
              .path("paths")
              .path(route.template())
              .path(route.method().toLowerCase(Locale.ROOT));
      Set<String> documented = new TreeSet<>();
      operation
          .path("parameters")
          .forEach(
              p -> {
                if (p.path("in").asText().equals("path")) {
                  documented.add("{" + p.path("name").asText() + "}");
                }
              });

      assertThat(documented)
          .as(route.template())
          .isEqualTo(
              Stream.of(route.template().split("/", -1))
                  .filter(part -> part.startsWith("{"))
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void manualNamesEveryRouteAndEveryCodeWithItsStatus() {
    String manual = ConfigGoldenFiles.read("docs/desk-api.md");

    for (DeskRoute route : DeskRoute.values()) {
      assertThat(manual).contains("| `" + route.method() + " " + route.template());
    }
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(manual)
          .as(code.code())
          .containsPattern(
              "(?m)^\\|[^|]*`" + code.code() + "`[^|]*\\| " + ErrorStatus.of(code) + " \\|");
    }
  }

  @Test
  void everyCodeHasAStatusOfAnError() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(ErrorStatus.of(code)).as(code.code()).isBetween(400, 599);
    }
  }
}
