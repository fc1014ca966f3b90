package lazaret.vetting.index;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.JsonReader;
import lazaret.vetting.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// The `config.json` of a registry. Unknown keys are ignored, as in cargo.
///
/// Source: Cargo reference, *Registry Index*, *Index Configuration*.
///
/// @param dl template of download addresses, with or without markers; printable, without spaces
/// @param api base address of the web API; null if the registry has none
/// @param authRequired whether every request needs a token
public record RegistryConfig(String dl, @Nullable String api, boolean authRequired) {
  /// The maximum length of the document, in bytes.
  public static final int MAX_BYTES = 64 * 1024;

  /// The maximum length of an address, in characters.
  public static final int MAX_URL = 4096;

  private static final int MAX_DEPTH = 32;
  private static final JsonReader JSON =
      JsonReader.of(new JsonLimits(MAX_BYTES, MAX_DEPTH, MAX_BYTES));

  private static final String CRATE = "{crate}";
  private static final String VERSION = "{version}";
  private static final String PREFIX = "{prefix}";
  private static final String LOWER_PREFIX = "{lowerprefix}";
  private static final String CKSUM = "{sha256-checksum}";

  /// Checks that the addresses are safe in a request and in a log.
  ///
  /// @throws MalformedException if one is empty, too long, or contains a space, a control character
  ///   or a character beyond printable ASCII
  public RegistryConfig {
    requireUrl("dl", dl);
    if (api != null) {
      requireUrl("api", api);
    }
  }

  private static void requireUrl(String key, String value) {
    boolean printable = value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (value.isEmpty() || value.length() > MAX_URL || !printable) {
      throw new MalformedException(
          "cannot read config.json: '"
              + key
              + "' is '"
              + Excerpt.of(value)
              + "', expected 1 to "
              + MAX_URL
              + " characters of printable ASCII without spaces");
    }
  }

  /// Parses a `config.json`.
  ///
  /// @throws MalformedException if the body is not a JSON object, has a duplicate key, a key of
  ///   another type than cargo expects or no `dl`, or is longer than [#MAX_BYTES]
  public static RegistryConfig parse(Bytes body) {
    if (body.length() > MAX_BYTES) {
      throw new MalformedException(
          "cannot read config.json: " + body.length() + " bytes, expected at most " + MAX_BYTES);
    }
    try (JsonParser json = JSON.stream(body)) {
      return read(json);
    } catch (IOException e) {
      throw new MalformedException(
          "cannot read config.json: expected one JSON object, found '"
              + Excerpt.of(body.array(), 0, body.length())
              + "'",
          e);
    }
  }

  private static RegistryConfig read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedException("cannot read config.json: expected a JSON object");
    }
    @Nullable String dl = null;
    @Nullable String api = null;
    boolean authRequired = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "dl" -> dl = text(key, json, value);
        case "api" -> api = value == JsonToken.VALUE_NULL ? null : text(key, json, value);
        case "auth-required" -> {
          require(value.isBoolean(), key, "true or false");
          authRequired = value == JsonToken.VALUE_TRUE;
        }
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new MalformedException("cannot read config.json: something follows the JSON object");
    }
    if (dl == null) {
      throw new MalformedException("cannot read config.json: 'dl' is missing");
    }
    return new RegistryConfig(dl, api, authRequired);
  }

  private static String text(String key, JsonParser json, JsonToken value) throws IOException {
    require(value == JsonToken.VALUE_STRING, key, "a string");
    return json.getText();
  }

  private static void require(boolean condition, String key, String expected) {
    if (!condition) {
      throw new MalformedException("cannot read config.json: '" + key + "' is not " + expected);
    }
  }

  /// Returns the download address of an artifact: `dl` with every marker replaced. If it has none
  /// of the five markers, `/{crate}/{version}/download` is appended. The `+` of build metadata is
  /// not escaped, since cargo sends it as it is.
  public String downloadUrl(CrateId id) {
    String name = id.name().published();
    String version = id.version().text();
    if (!hasMarker()) {
      return dl + "/" + name + "/" + version + "/download";
    }
    return dl.replace(CRATE, name)
        .replace(VERSION, version)
        .replace(PREFIX, IndexPath.prefix(name))
        .replace(LOWER_PREFIX, IndexPath.prefix(id.name().indexName()))
        .replace(CKSUM, id.cksum().hex());
  }

  private boolean hasMarker() {
    return dl.contains(CRATE)
        || dl.contains(VERSION)
        || dl.contains(PREFIX)
        || dl.contains(LOWER_PREFIX)
        || dl.contains(CKSUM);
  }

  /// Returns the document: `dl`, then `api` if there is one, then `auth-required` if it is true.
  public Bytes toJson() {
    return JsonWriter.object(
        json -> {
          json.put("dl", dl).put("api", api);
          if (authRequired) {
            json.put("auth-required", true);
          }
        });
  }
}
