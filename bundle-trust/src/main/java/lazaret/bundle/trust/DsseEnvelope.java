package lazaret.bundle.trust;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// A DSSE envelope with statements. The signature covers their bytes and the name of their type, so
/// they cannot be mistaken for data of another type.
///
/// Source: DSSE 1.0.2, *protocol* and *envelope*.
///
/// @param payload the statements, each with a line end
/// @param payloadType the type of the payload
/// @param signatures the signatures
public record DsseEnvelope(Bytes payload, String payloadType, List<Signature> signatures) {
  /// The type of in-toto statements on separate lines.
  public static final String STATEMENTS = "application/vnd.lazaret.in-toto+ndjson";

  /// The largest length of an envelope in bytes.
  public static final int MOST = 2 << 20;

  private static final int MOST_SIGNATURES = 16;

  /// The beginning of lines that this program writes; canonical JSON sorts the fields.
  private static final byte[] HEAD = "{\"payload\":\"".getBytes(StandardCharsets.US_ASCII);

  /// The continuation of such a line after the payload.
  private static final byte[] NEXT = "\",\"payloadType\":\"".getBytes(StandardCharsets.US_ASCII);

  /// Copies the list.
  public DsseEnvelope {
    signatures = List.copyOf(signatures);
  }

  /// A signature.
  ///
  /// @param keyId a hint of the key, which may be wrong
  /// @param signature the bytes of the signature
  public record Signature(String keyId, Bytes signature) {}

  /// Signs statements.
  ///
  /// @param payload the statements, each with a line end
  /// @param key the signing key, of the scheme `ed25519`
  public static DsseEnvelope signed(Bytes payload, SigningKey key) {
    return signed(payload, STATEMENTS, key);
  }

  /// Signs data of a type.
  ///
  /// @param type the type, which is signed too
  public static DsseEnvelope signed(Bytes payload, String type, SigningKey key) {
    byte[] signature = HexFormat.of().parseHex(key.sign(encoded(type, payload)));
    return new DsseEnvelope(
        payload, type, List.of(new Signature(key.publicKey().id(), Bytes.of(signature))));
  }

  /// Returns the envelope as a line of JSON without a line break.
  public Bytes line() {
    List<JsonValue> signers =
        signatures.stream()
            .<JsonValue>map(
                s ->
                    new JsonValue.Fields(
                        Map.of("keyid", text(s.keyId()), "sig", base64(s.signature()))))
            .toList();
    return CanonicalJson.document(
        new JsonValue.Fields(
            Map.of(
                "payload",
                base64(payload),
                "payloadType",
                text(payloadType),
                "signatures",
                new JsonValue.Items(signers))));
  }

  private static JsonValue base64(Bytes bytes) {
    return text(Base64.getEncoder().encodeToString(bytes.array()));
  }

  private static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }

  /// Parses a line. Its content is not trusted before [#verified] has returned.
  ///
  /// @throws BundleException `table-malformed` if it is not an envelope
  public static DsseEnvelope parse(Bytes line) {
    return quick(line).orElseGet(() -> whole(line));
  }

  /// Parses a line in the form that this program writes, without copying the payload into a string.
  /// The result is empty if the line has another form.
  private static Optional<DsseEnvelope> quick(Bytes line) {
    byte[] bytes = line.array();
    int from = HEAD.length;
    if (!Arrays.equals(bytes, 0, Math.min(from, bytes.length), HEAD, 0, from)) {
      return Optional.empty();
    }
    // The search starts at the end, because the signatures are short. If other fields precede the
    // match, the decoding of base64 fails.
    int end = bytes.length - NEXT.length;
    while (end >= from
        && !(bytes[end] == '"'
            && Arrays.equals(bytes, end, end + NEXT.length, NEXT, 0, NEXT.length))) {
      end--;
    }
    if (end < from) {
      return Optional.empty();
    }
    Bytes payload;
    try {
      ByteBuffer encoded = ByteBuffer.wrap(bytes, from, end - from);
      payload = Bytes.of(Base64.getDecoder().decode(encoded).array());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    byte[] rest = Arrays.copyOf(HEAD, from + bytes.length - end);
    System.arraycopy(bytes, end, rest, from, bytes.length - end);
    DsseEnvelope empty = whole(Bytes.of(rest));
    return Optional.of(new DsseEnvelope(payload, empty.payloadType(), empty.signatures()));
  }

  private static DsseEnvelope whole(Bytes line) {
    try {
      JsonFields fields = JsonFields.of(JsonTreeReader.read(line, "a decision"), "a decision");
      List<JsonValue> items = fields.items("signatures");
      if (items.isEmpty() || items.size() > MOST_SIGNATURES) {
        throw malformed(
            "expected 1 to %d signatures, found %d".formatted(MOST_SIGNATURES, items.size()), null);
      }
      List<Signature> signatures = new ArrayList<>();
      for (JsonValue item : items) {
        JsonFields signature = JsonFields.of(item, "a decision's signature");
        String keyId = signature.fields().containsKey("keyid") ? signature.text("keyid") : "";
        signatures.add(new Signature(keyId, base64(signature.text("sig"))));
      }
      return new DsseEnvelope(
          base64(fields.text("payload")), fields.text("payloadType"), signatures);
    } catch (BundleException e) {
      throw e.reason() == BundleCode.TABLE_MALFORMED
          ? e
          : malformed(String.valueOf(e.getMessage()), e);
    }
  }

  /// Decodes base64 in either alphabet (DSSE, *envelope*: a reader accepts both).
  private static Bytes base64(String text) {
    try {
      return Bytes.of(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException e) {
      throw malformed("expected base64, found '" + Excerpt.of(text) + "'", e);
    }
  }

  private static BundleException malformed(
      String found, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BundleException(
        BundleCode.TABLE_MALFORMED,
        "cannot read a line of decisions.dsse.ndjson.gz: " + found,
        cause);
  }

  /// Returns the statements if enough keys signed them. The key hints only determine which key is
  /// tried first.
  ///
  /// @param keys the keys that may sign statements
  /// @param threshold the number of different keys that must have signed
  /// @throws BundleException `decision-signature-invalid`
  public Bytes verified(List<TufKey> keys, int threshold) {
    if (!payloadType.equals(STATEMENTS)) {
      throw invalid(
          "expected the type %s, found '%s'".formatted(STATEMENTS, Excerpt.of(payloadType)));
    }
    Bytes message = encoded(payloadType, payload);
    Set<Bytes> signers = new HashSet<>();
    for (Signature signature : signatures) {
      String hex = HexFormat.of().formatHex(signature.signature().array());
      for (TufKey key : hintedFirst(keys, signature.keyId())) {
        if (signers.size() < threshold && key.verifies(message, hex)) {
          // Signers are counted by the bytes of the key: one key under two ids, or in two text
          // forms, is one signer.
          signers.add(key.keyBytes());
          break;
        }
      }
    }
    if (signers.size() < threshold) {
      throw invalid(
          "%d of the keys that may sign decisions signed it, %d are needed"
              .formatted(signers.size(), threshold));
    }
    return payload;
  }

  /// Returns a key that signed the payload as data of a type; empty if none of the keys did.
  ///
  /// @param type the expected type
  /// @param keys the keys that may sign data of this type
  public Optional<TufKey> signer(String type, List<TufKey> keys) {
    if (!payloadType.equals(type)) {
      return Optional.empty();
    }
    Bytes message = encoded(payloadType, payload);
    for (Signature signature : signatures) {
      String hex = HexFormat.of().formatHex(signature.signature().array());
      for (TufKey key : hintedFirst(keys, signature.keyId())) {
        if (key.verifies(message, hex)) {
          return Optional.of(key);
        }
      }
    }
    return Optional.empty();
  }

  private static List<TufKey> hintedFirst(List<TufKey> keys, String keyId) {
    List<TufKey> ordered = new ArrayList<>(keys);
    ordered.sort((a, b) -> Boolean.compare(b.id().equals(keyId), a.id().equals(keyId)));
    return ordered;
  }

  private static BundleException invalid(String found) {
    return new BundleException(
        BundleCode.DECISION_SIGNATURE_INVALID, "cannot trust decisions: " + found);
  }

  /// Returns the message that is signed (DSSE, *protocol*: `PAE`).
  static Bytes encoded(String type, Bytes payload) {
    byte[] head =
        "DSSEv1 %d %s %d "
            .formatted(type.length(), type, payload.length())
            .getBytes(StandardCharsets.UTF_8);
    byte[] message = Arrays.copyOf(head, head.length + payload.length());
    System.arraycopy(payload.array(), 0, message, head.length, payload.length());
    return Bytes.of(message);
  }
}
