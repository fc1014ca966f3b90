package lazaret.toolchain.signature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// The keys whose signatures on manifests are accepted.
///
/// @param keys the keys; empty if no signature is accepted
public record PinnedKeys(List<PinnedKey> keys) {
  /// The maximum size of a file of keys, in bytes.
  public static final int MAX_BYTES = 1 << 20;

  /// The fingerprint of the subkey by which the Rust project signs releases.
  public static final String RUST_FINGERPRINT = "c13466b7e169a085188632165cb4a9347b3b09dc";

  /// The SHA-256 of the body of this key's packet.
  private static final Sha256 RUST_PACKET =
      Sha256.parse("51783dc716315a66ea647e1f77057e72dd1881a0fb409b5fa1101c34c42347dc");

  /// Copies the list.
  public PinnedKeys {
    keys = List.copyOf(keys);
  }

  /// Returns the key by which the Rust project signs releases.
  public static PinnedKeys ofRust() {
    try (InputStream in =
        Objects.requireNonNull(PinnedKeys.class.getResourceAsStream("rust-key.asc"))) {
      return read(Bytes.of(in.readAllBytes())).only(RUST_FINGERPRINT, RUST_PACKET);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a resource of this program", e);
    }
  }

  /// Reads all keys and subkeys of an armored file that can sign. The purpose of a subkey is not
  /// evaluated, since its owner has all of them.
  ///
  /// @throws MalformedException if the file is not an armored block of keys, or no key can be used
  public static PinnedKeys read(Bytes file) {
    if (file.length() > MAX_BYTES) {
      throw new MalformedException(
          "cannot read a file of keys: expected at most %d bytes, found %d"
              .formatted(MAX_BYTES, file.length()));
    }
    List<PinnedKey> keys = new ArrayList<>();
    MalformedException last = new MalformedException("cannot read a file of keys: it has none");
    for (PacketFrame packet : PacketFrame.armored("PUBLIC KEY BLOCK", file)) {
      if (packet.tag() == PacketFrame.PUBLIC_KEY || packet.tag() == PacketFrame.PUBLIC_SUBKEY) {
        try {
          keys.add(PinnedKey.of(packet.body()));
        } catch (MalformedException e) {
          last = e;
        }
      }
    }
    if (keys.isEmpty()) {
      throw last;
    }
    return new PinnedKeys(keys);
  }

  /// Returns the keys among these that have both pins.
  ///
  /// @param fingerprint the fingerprint, in lower case
  /// @param packet the SHA-256 of the body of the key packet
  public PinnedKeys only(String fingerprint, Sha256 packet) {
    return new PinnedKeys(
        keys.stream()
            .filter(key -> key.fingerprint().equals(fingerprint))
            .filter(key -> key.packetSha256().equals(packet))
            .toList());
  }

  /// Returns the key that a signature names, or empty if it is not among these.
  Optional<PinnedKey> find(long id) {
    return keys.stream().filter(key -> key.id() == id).findFirst();
  }
}
