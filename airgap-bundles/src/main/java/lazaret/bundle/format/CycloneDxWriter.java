package lazaret.bundle.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonValue;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import org.jspecify.annotations.Nullable;

/// A writer of `sbom.cdx.json.gz`: a bill of materials of the served versions of a bundle, with one
/// component on each line. Not thread-safe.
///
/// Source: CycloneDX 1.6; package-url, *cargo*.
public final class CycloneDxWriter {
  private final TableLineWriter out;
  private String before = "";

  /// Starts the document.
  ///
  /// @param out the table, which stays open
  /// @param bundle the name of the bundle
  /// @param moment the time of export as written in the bundle statement
  /// @throws IOException if the stream throws it
  public CycloneDxWriter(TableLineWriter out, String bundle, String moment) throws IOException {
    this.out = out;
    UUID serial = UUID.nameUUIDFromBytes(bundle.getBytes(StandardCharsets.UTF_8));
    out.line(Bytes.utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,"));
    out.line(
        Bytes.utf8(
            "\"serialNumber\":\"urn:uuid:%s\",\"metadata\":{\"timestamp\":\"%s\","
                .formatted(serial, moment)));
    out.line(
        Bytes.utf8(
            "\"component\":{\"type\":\"data\",\"name\":\"%s\"}},\"components\":["
                .formatted(bundle)));
  }

  /// Adds a version.
  ///
  /// @param id the version
  /// @param license the license as an SPDX expression, or null if it is unknown
  /// @throws IOException if the stream throws it
  public void add(CrateId id, @Nullable String license) throws IOException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    String purl = "pkg:cargo/" + id.name() + "@" + id.version().text().replace("+", "%2B");
    fields.put("type", text("library"));
    fields.put("bom-ref", text(purl));
    fields.put("name", text(id.name().published()));
    fields.put("version", text(id.version().text()));
    fields.put("purl", text(purl));
    fields.put("hashes", one(Map.of("alg", text("SHA-256"), "content", text(id.cksum().hex()))));
    if (license != null) {
      fields.put("licenses", one(Map.of("expression", text(license))));
    }
    if (!before.isEmpty()) {
      out.line(Bytes.utf8(before + ","));
    }
    before = CanonicalJson.document(new JsonValue.Fields(fields)).text();
  }

  /// Ends the document.
  ///
  /// @throws IOException if the stream throws it
  public void finish() throws IOException {
    if (!before.isEmpty()) {
      out.line(Bytes.utf8(before));
    }
    out.line(Bytes.utf8("]}"));
  }

  private static JsonValue one(Map<String, JsonValue> fields) {
    return new JsonValue.Items(List.of(new JsonValue.Fields(fields)));
  }

  private static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }
}
