package lazaret.results;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.TextType;
import lazaret.vetting.json.UnknownFields;

/// The JSON of signed results and of their rows in the store. A field that a newer program wrote is
/// ignored.
final class ResultJson {
  private static final List<TextType<?>> TYPES =
      List.of(
          TextType.of(CrateName.class, "the name of a crate", CrateName::parse),
          TextType.of(CrateVersion.class, "a version", CrateVersion::parse),
          TextType.of(Sha256.class, "a SHA-256", Sha256::parse),
          TextType.of(Instant.class, "a time", Instant::parse),
          new TextType<>(
              Bytes.class,
              "base64",
              text -> Bytes.of(Base64.getDecoder().decode(text)),
              bytes -> Base64.getEncoder().encodeToString(bytes.array())));

  /// The JSON of what is signed.
  static final RecordCodec PAYLOADS =
      RecordCodec.of(
          TYPES,
          new JsonLimits(8 << 20, 6, 16_000),
          UnknownFields.IGNORED,
          "signed inspection results");

  /// The JSON of rows.
  static final RecordCodec ROWS =
      RecordCodec.of(
          TYPES,
          new JsonLimits(256 << 10, 6, 100),
          UnknownFields.IGNORED,
          "the row of an inspection result");

  private ResultJson() {}
}
