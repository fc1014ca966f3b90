package lazaret.bundle.keys;

import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.command.OperatorProgram;
import lazaret.bundle.trust.PublicKeyForms;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// A signing key in another program, for example a hardware module, a smart card or a service. The
/// program reads one JSON document from standard input and writes one to standard output, see
/// `docs/keys.md`. Its signatures are verified before use, so a wrong signature is reported to the
/// signer and not to the recipient of the bundle. Thread-safe.
///
/// @param name the name of the key file
/// @param command the program
/// @param publicKey the key that its signatures are verified with
public record ProgramSigner(String name, OperatorProgram command, TufKey publicKey)
    implements SigningKey {
  /// The version of the protocol, which is part of every request.
  static final String FORMAT = "lazaret-signer/1";

  /// The default timeout of a signature, in which a person may have to confirm on a device.
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int LONGEST_PATIENCE = 600;
  private static final int MOST_WORDS = 64;
  private static final int MOST_OUTPUT = 64 << 10;

  /// The longest signature of the two schemes is that of ML-DSA-65 (FIPS 204, table 2).
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{2,6618}");

  /// Returns the command for a key file.
  ///
  /// @param words the absolute path of the program, and its arguments
  /// @param timeout the timeout of each signature, in whole seconds, at most ten minutes
  /// @throws BundleException `key-unusable` if the parameters are not permitted
  public static OperatorProgram command(List<String> words, Duration timeout) {
    if (timeout.toSeconds() < 1
        || timeout.toSeconds() > LONGEST_PATIENCE
        || words.size() > MOST_WORDS) {
      throw unusable(
          "cannot use the command of a key: expected at most %d words and 1 to %d seconds"
              .formatted(MOST_WORDS, LONGEST_PATIENCE));
    }
    try {
      return new OperatorProgram(words, timeout, MOST_OUTPUT);
    } catch (InvalidPathException e) {
      throw unusable("cannot use the command of a key: " + Excerpt.of(e.getReason()));
    } catch (IllegalArgumentException e) {
      throw unusable("cannot use the command of a key: " + e.getMessage());
    }
  }

  /// Requests the public keys of a program.
  ///
  /// @param name see [PublicPair]
  /// @return the response, an object with the public keys by type; it does not prove the possession
  ///   of the private keys
  static JsonFields publicKeys(String name, OperatorProgram command) {
    return ask(
        name,
        command,
        Map.of("operation", PublicKeyForms.text("public-keys"), "name", PublicKeyForms.text(name)));
  }

  @Override
  public String sign(Bytes canonical) {
    Bytes message =
        publicKey.type().equals(PublicKeyForms.ML_DSA)
            ? Bytes.of(TufKey.tap21(canonical))
            : canonical;
    JsonFields answer =
        ask(
            name,
            command,
            Map.of(
                "operation", PublicKeyForms.text("sign"),
                "name", PublicKeyForms.text(name),
                "keyid", PublicKeyForms.text(publicKey.id()),
                "scheme", PublicKeyForms.text(publicKey.scheme()),
                "message",
                    PublicKeyForms.text(Base64.getEncoder().encodeToString(message.array()))));
    // A value that is not a string is refused like a malformed signature.
    String signature =
        answer.fields().get("signature") instanceof JsonValue.Text(String text) ? text : "";
    if (!SIGNATURE.matcher(signature).matches() || !publicKey.verifies(canonical, signature)) {
      throw unusable(
          ("cannot sign with '%s': the output of %s is not a signature of its %s key; the key"
                  + " file may name another device")
              .formatted(name, command.words().getFirst(), publicKey.type()));
    }
    return signature;
  }

  private static JsonFields ask(
      String name, OperatorProgram command, Map<String, JsonValue> question) {
    Map<String, JsonValue> fields = new HashMap<>(question);
    fields.put("format", PublicKeyForms.text(FORMAT));
    Bytes document = CanonicalJson.document(PublicKeyForms.object(fields));
    String program = command.words().getFirst();
    String what = "the output of " + program;
    Bytes answer =
        switch (command.run(document)) {
          case OperatorProgram.Outcome.Ended(int code, Bytes output, String errors) -> {
            if (code != 0) {
              throw unusable(
                  "cannot sign with '%s': %s ended with %d%s"
                      .formatted(name, program, code, errors.isEmpty() ? "" : ": " + errors));
            }
            yield output;
          }
          case OperatorProgram.Outcome.TimedOut() ->
              throw unusable(
                  "cannot sign with '%s': %s did not finish within %d seconds"
                      .formatted(name, program, command.timeout().toSeconds()));
          case OperatorProgram.Outcome.OutputTooLong() ->
              throw unusable(
                  "cannot sign with '%s': %s printed more than %d bytes"
                      .formatted(name, program, command.mostOutput()));
          case OperatorProgram.Outcome.NotStarted(String why) ->
              throw unusable(
                  "cannot sign with '%s': %s cannot be run: %s".formatted(name, program, why));
        };
    try {
      return JsonFields.of(JsonTreeReader.read(answer, what), what);
    } catch (BundleException e) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE, "cannot sign with '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  /// Reads the command from a key file.
  static OperatorProgram commandOf(JsonFields fields) {
    return command(fields.texts("command"), Duration.ofSeconds(fields.whole("timeout_seconds")));
  }

  /// Returns the fields of the command for a key file.
  static Map<String, JsonValue> form(OperatorProgram command) {
    List<JsonValue> words = new ArrayList<>();
    command.words().forEach(word -> words.add(PublicKeyForms.text(word)));
    return Map.of(
        "command", new JsonValue.Items(words),
        "timeout_seconds", new JsonValue.Whole(command.timeout().toSeconds()));
  }

  private static BundleException unusable(String message) {
    return new BundleException(BundleCode.KEY_UNUSABLE, message);
  }
}
