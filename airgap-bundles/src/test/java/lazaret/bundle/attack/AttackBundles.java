package lazaret.bundle.attack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.bundle.format.UstarWriter;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;

/// Operations that unpack and pack the archives of a bundle.
final class AttackBundles {
  private static final int BLOCK = 512;

  private AttackBundles() {}

  /// One entry of a part.
  record Item(String name, Bytes content) {}

  static List<Item> items(Bytes archive) {
    List<Item> items = new ArrayList<>();
    var in = new UstarReader(archive.inputStream(), Ustar.Names.DIGESTS, "a part");
    try {
      for (Optional<Ustar.Entry> e = in.next(); e.isPresent(); e = in.next()) {
        items.add(new Item(e.get().name(), in.content(1 << 20)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return items;
  }

  static Bytes archive(List<Item> items) {
    var out = new ByteArrayOutputStream();
    var writer = new UstarWriter(out);
    try {
      for (Item item : items) {
        writer.add(item.name(), item.content());
      }
      writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(out.toByteArray());
  }

  /// Changes only the entries of the first part.
  static void part(ForgedBundle bundle, UnaryOperator<List<Item>> change) {
    String part = BundleTarget.part(1);
    bundle.put(part, archive(change.apply(new ArrayList<>(items(bundle.get(part))))));
  }

  /// Changes the header at an offset of an archive, and corrects its checksum.
  static byte[] header(byte[] archive, int at, Consumer<byte[]> change) {
    byte[] block = Arrays.copyOfRange(archive, at, at + BLOCK);
    change.accept(block);
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    put(block, 148, "%06o\0 ".formatted(sum));
    byte[] changed = archive.clone();
    System.arraycopy(block, 0, changed, at, BLOCK);
    return changed;
  }

  static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  static List<Blob> blobs(ForgedBundle bundle) {
    List<Blob> blobs = new ArrayList<>();
    byte[] table = bundle.get(BundleTarget.BLOBS.path()).array();
    var in = new BlobTable(new ByteArrayInputStream(table));
    try {
      for (Optional<Blob> b = in.next(); b.isPresent(); b = in.next()) {
        blobs.add(b.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return blobs;
  }

  static void blobs(ForgedBundle bundle, List<Blob> blobs) {
    var table = new ByteArrayOutputStream();
    for (Blob blob : blobs) {
      table.writeBytes(BlobTable.line(blob).array());
    }
    bundle.put(BundleTarget.BLOBS.path(), Bytes.of(table.toByteArray()));
  }

  /// An artifact as an attacker with the keys ships it.
  ///
  /// @param id the version according to the table
  /// @param content the actual bytes
  record Shipped(CrateId id, Bytes content) {}

  static List<Shipped> shipped(ForgedBundle bundle) {
    Map<String, CrateId> ids =
        blobs(bundle).stream().collect(Collectors.toMap(b -> b.digest().hex(), Blob::id));
    List<Shipped> shipped = new ArrayList<>();
    for (int part = 1; bundle.has(BundleTarget.part(part)); part++) {
      for (Item item : items(bundle.get(BundleTarget.part(part)))) {
        shipped.add(
            new Shipped(Optional.ofNullable(ids.get(item.name())).orElseThrow(), item.content()));
      }
    }
    return shipped;
  }

  /// Packs artifacts into one part, and writes a matching table.
  static void ship(ForgedBundle bundle, List<Shipped> shipped) {
    for (int part = 1; bundle.has(BundleTarget.part(part)); part++) {
      bundle.drop(BundleTarget.part(part));
    }
    List<Shipped> sorted = new ArrayList<>(shipped);
    sorted.sort((a, b) -> a.id().cksum().compareTo(b.id().cksum()));
    List<Item> items = new ArrayList<>();
    List<Blob> blobs = new ArrayList<>();
    long offset = 0;
    for (Shipped one : sorted) {
      Sha256 cksum = one.id().cksum();
      int length = one.content().length();
      items.add(new Item(cksum.hex(), one.content()));
      blobs.add(new Blob(cksum, length, 1, offset + BLOCK, one.id().name(), one.id().version()));
      offset += Ustar.length(length);
    }
    if (!items.isEmpty()) {
      bundle.put(BundleTarget.part(1), archive(items));
    }
    blobs(bundle, blobs);
    bundle.say("contents.parts", items.isEmpty() ? 0 : 1);
  }
}
