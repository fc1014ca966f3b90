package lazaret.mirror.deskapi;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// A response of the desk.
///
/// @param status an HTTP status, for example 200, 201, 404 or 409
/// @param body a JSON object; with a status of 400 or higher it has the field `errors`, a list of
///   at least one object with `code` and `detail`
/// @param retryAfter the time after which to repeat the request; null if a repetition would not
///   help
public record DeskResponse(int status, Bytes body, @Nullable Duration retryAfter) {

  /// The maximum size of a response in bytes: a thirty-second of the heap, so that several fit into
  /// it.
  private static final int MAX_BYTES =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() / 32, 16L << 20, 1L << 30);

  /// Returns whether the request succeeded.
  public boolean ok() {
    return status < 400;
  }

  static DeskResponse ok(Consumer<JsonWriter> fields) {
    return new DeskResponse(200, JsonWriter.object(fields, MAX_BYTES), null);
  }

  static DeskResponse created(Consumer<JsonWriter> fields) {
    return new DeskResponse(201, JsonWriter.object(fields), null);
  }

  /// Returns a response with one error under the status of its code.
  public static DeskResponse error(ErrorCode code, String detail) {
    return errors(List.of(new Problem(code, detail, null, null)), null);
  }

  static DeskResponse errors(List<Problem> problems, @Nullable Duration retryAfter) {
    int status = ErrorStatus.of(problems.getFirst().code());
    return new DeskResponse(
        status,
        JsonWriter.object(json -> json.list("errors", problems, (out, p) -> p.write(out))),
        retryAfter);
  }

  /// One error of a response.
  ///
  /// @param code the kind of failure
  /// @param detail one sentence for a person
  /// @param name the crate concerned; null if none is
  /// @param version the version concerned; null if none is
  /// @param verdict the refusal of a version that the index does not list; null if no rule refuses
  ///   it
  record Problem(
      ErrorCode code,
      String detail,
      @Nullable String name,
      @Nullable String version,
      @Nullable Verdict verdict) {
    Problem(ErrorCode code, String detail, @Nullable String name, @Nullable String version) {
      this(code, detail, name, version, null);
    }

    private void write(JsonWriter json) {
      json.put("code", code.code()).put("detail", detail);
      json.put("name", name).put("version", version);
      if (verdict != null) {
        json.object("verdict", out -> ReportJson.verdict(out, verdict));
      }
    }
  }
}
