package lazaret.bundle.signing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;

/// A metadata file that receives signatures. Signatures that do not verify with a key of its
/// authorities are dropped. Not thread-safe.
final class SignedMetadataFile<M extends Metadata> {
  private final Function<Bytes, SignedMetadata<M>> reader;
  private final List<SigningAuthority> authorities;
  private final Map<String, String> signatures = new LinkedHashMap<>();
  private SignedMetadata<M> signed;

  /// Creates a file that receives signatures.
  ///
  /// @param authorities the authorities whose signatures are kept
  SignedMetadataFile(
      Bytes file, Function<Bytes, SignedMetadata<M>> reader, List<SigningAuthority> authorities) {
    this.reader = reader;
    this.authorities = List.copyOf(authorities);
    this.signed = reader.apply(file);
    keepGood(signed);
  }

  private void keepGood(SignedMetadata<M> of) {
    for (SigningAuthority by : authorities) {
      for (String id : of.signedBy(by)) {
        String signature = of.signatures().get(id);
        if (signature != null) {
          signatures.putIfAbsent(id, signature);
        }
      }
    }
  }

  SignedMetadata<M> signed() {
    return signed;
  }

  /// Adds the signatures of another copy.
  ///
  /// @throws BundleException `metadata-content-changed` if the copy has other content
  void take(Bytes copy) {
    SignedMetadata<M> other = reader.apply(copy);
    if (!other.canonical().equals(signed.canonical())) {
      throw new BundleException(
          BundleCode.METADATA_CONTENT_CHANGED,
          ("cannot add signatures to %s version %d: they are for other content, so two different"
                  + " files are being signed; find out why")
              .formatted(signed.what(), signed.content().version()));
    }
    keepGood(other);
    renew();
  }

  /// Returns the key files that have not signed yet.
  List<KeyFile> due(Collection<KeyFile> files) {
    return files.stream()
        .filter(
            file -> file.publicKeys().stream().anyMatch(key -> !signatures.containsKey(key.id())))
        .toList();
  }

  /// Signs with the keys that have not signed yet.
  void sign(List<SigningKey> keys) {
    for (SigningKey key : keys) {
      signatures.computeIfAbsent(key.publicKey().id(), _ -> key.sign(signed.canonical()));
    }
    renew();
  }

  /// Rewrites the file. The signed part is written as it was read, because unknown fields are
  /// signed too.
  private void renew() {
    JsonFields whole = JsonFields.of(JsonTreeReader.read(signed.raw(), signed.what()), "it");
    JsonValue part = new JsonValue.Fields(whole.object("signed").fields());
    signed = reader.apply(MetadataWriter.file(part, signatures));
  }
}
