package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.expect;
import static lazaret.conformance.cases.CaseContext.expectStatus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import lazaret.conformance.archive.TarEntry;
import lazaret.conformance.archive.TarWriter;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryResponse;

/// Groups L, M and N: the archive, the body and their sizes.
final class ArchiveCases {
  private static final Duration BOMB = Duration.ofSeconds(10);

  /// The room below a limit for the other files of a version, and the step above it.
  private static final int ROOM = 20_000;

  private ArchiveCases() {}

  static List<ConformanceCase> list() {
    CaseList all = new CaseList("crates.io, tests/krate/publish/tarball.rs, crates_io_tarball");
    entries(all);
    forms(all);
    bodies(all.from("crates.io, tests/krate/publish/malformed.rs"));
    sizes(all.from("crates.io, tests/krate/publish/max_size.rs"));
    return all.all();
  }

  private static void entries(CaseList all) {
    all.add(
            "L1",
            "A path outside of any folder is refused",
            c -> c.refused(c.crate().entry(TarEntry.file("stray.txt", "x"))))
        .add("L2", "Another folder is refused", c -> c.refused(c.crate().prefix("other-1.0.0/")))
        .add("L3", "A path with .. is refused", c -> extra(c, "../stray.txt"))
        .add(
            "L4",
            "An absolute path is refused",
            c -> c.refused(c.crate().entry(TarEntry.file("/etc/stray.txt", "x"))))
        .add("L5", "A hard link is refused", c -> link(c, '1'))
        .add("L6", "A symbolic link is refused", c -> link(c, '2'))
        .add(
            "L7",
            "Devices and pipes are refused",
            c -> {
              for (char type : new char[] {'3', '4', '6'}) {
                UploadBuilder crate = c.crate();
                c.refused(crate.entry(TarEntry.special(crate.path("device"), type)));
              }
            })
        .add(
            "L12",
            "Two entries of one path are refused",
            c -> {
              UploadBuilder crate = c.crate();
              c.refused(crate.file("a.txt", "1").file("a.txt", "2"));
            })
        .add(
            "L13",
            "Paths that differ by case alone are refused",
            c -> c.refused(c.crate().file("a.txt", "1").file("A.txt", "2")))
        .add("L14", "A path that Windows cannot hold is refused", c -> extra(c, "src/aux.rs"))
        .needing("windows-paths")
        .add("L15", "Long paths of GNU and POSIX are accepted", ArchiveCases::longPaths);
  }

  private static void extra(CaseContext c, String path) {
    c.refused(c.crate().file(path, "x"));
  }

  private static void link(CaseContext c, char type) {
    UploadBuilder crate = c.crate();
    c.refused(crate.entry(TarEntry.link(crate.path("link"), type, crate.path("src/lib.rs"))));
  }

  private static void longPaths(CaseContext c) {
    UploadBuilder gnu = c.crate();
    String path = gnu.path("src/" + "long/".repeat(25) + "a.rs");
    c.accepted(
        gnu.entry(TarEntry.gnuLongPath(path)).entry(TarEntry.file(path.substring(0, 100), "x")));
    UploadBuilder pax = c.crate();
    String other = pax.path("src/" + "long/".repeat(25) + "a.rs");
    c.accepted(
        pax.entry(TarEntry.paxLongPath(other)).entry(TarEntry.file(other.substring(0, 100), "x")));
  }

  private static void forms(CaseList all) {
    all.add(
            "L8",
            "An archive that is not compressed is refused",
            c -> {
              UploadBuilder crate = c.crate();
              c.refused(crate.archive(TarWriter.tar(crate.entries())));
            })
        .add(
            "L9",
            "A cut archive is refused",
            c -> {
              UploadBuilder crate = c.crate();
              byte[] whole = crate.crate();
              c.refused(crate.archive(Arrays.copyOf(whole, whole.length / 2)));
            })
        .add(
            "L10",
            "Bytes after the archive's end are refused",
            c -> {
              UploadBuilder crate = c.crate();
              byte[] whole = crate.crate();
              byte[] longer = Arrays.copyOf(whole, whole.length + 20);
              Arrays.fill(longer, whole.length, longer.length, (byte) 'x');
              c.refused(crate.archive(longer));
            })
        .add(
            "L11",
            "An empty archive is refused",
            c -> c.refused(c.crate().archive(TarWriter.gzip(TarWriter.tar(List.of())))));
  }

  private static void bodies(CaseList all) {
    all.add("M1", "An empty body is refused", c -> c.refused(c.crate(), new byte[0]))
        .add("M2", "A body that ends in the first length is refused", c -> cut(c, 2))
        .add("M3", "A body that ends in the document is refused", c -> cut(c, 20))
        .add(
            "M4",
            "A body that ends in the second length is refused",
            c -> {
              UploadBuilder crate = c.crate();
              cut(c, crate, 4 + crate.document().length() + 2);
            })
        .add(
            "M5",
            "A body that ends in the archive is refused",
            c -> {
              UploadBuilder crate = c.crate();
              cut(c, crate, crate.body().length - 1);
            })
        .add(
            "M6",
            "Bytes after the archive are refused",
            c -> {
              UploadBuilder crate = c.crate();
              byte[] body = crate.body();
              c.refused(crate, Arrays.copyOf(body, body.length + 1));
            })
        .add(
            "M7",
            "A document that is not UTF-8 is refused",
            c -> {
              UploadBuilder crate = c.crate();
              byte[] document = crate.document().getBytes(StandardCharsets.UTF_8);
              document[crate.document().indexOf(crate.name()) + 1] = (byte) 0xff;
              c.refused(crate, UploadBuilder.body(document, crate.crate()));
            })
        .add(
            "M8",
            "A name that the document states twice is refused, or the archive decides",
            c -> {
              String other = c.name();
              UploadBuilder crate =
                  c.crate().requestFields("\"deps\":[],\"features\":{},\"name\":\"" + other + "\"");
              RegistryResponse answer = c.owner().publish(crate);
              expect(answer.status() < 500, "a decision", answer);
              expect(c.owner().lines(other).isEmpty(), "no crate of the second name", answer);
            })
        .add(
            "M9",
            "A body without a length is refused with a status, or accepted",
            c -> {
              RegistryResponse answer = c.owner().uploadInPieces(c.crate().body());
              expect(
                  answer.isSuccess() || (answer.status() >= 400 && answer.status() < 500),
                  "a success or a status of 400 to 499",
                  answer);
            });
  }

  private static void cut(CaseContext c, int length) {
    cut(c, c.crate(), length);
  }

  private static void cut(CaseContext c, UploadBuilder crate, int length) {
    c.refused(crate, Arrays.copyOf(crate.body(), length));
  }

  private static void sizes(CaseList all) {
    all.add(
            "N1",
            "An archive just below the limit is accepted",
            c -> c.accepted(sized(c.crate(), limit(c) - ROOM)))
        .needing("max-size")
        .add(
            "N2",
            "An archive above the limit is refused with 413",
            c -> expectStatus(c.refused(sized(c.crate(), limit(c) + ROOM)), 413))
        .needing("max-size")
        .add("N3", "A bomb is refused within 10 seconds", ArchiveCases::bomb)
        .add(
            "N4",
            "An archive that unpacks to more than the limit is refused",
            ArchiveCases::unpacked)
        .needing("max-unpacked")
        .add("N5", "A crate with a raised limit may be larger than others", ArchiveCases::raised)
        .needing("raised-size")
        .add(
            "N6",
            "A length beyond the body is refused",
            c -> {
              UploadBuilder crate = c.crate();
              ByteArrayOutputStream body = new ByteArrayOutputStream();
              body.writeBytes(UploadBuilder.length(-1));
              body.writeBytes(crate.document().getBytes(StandardCharsets.UTF_8));
              c.refused(crate, body.toByteArray());
            });
  }

  private static int limit(CaseContext c) {
    return Integer.parseInt(c.declared("max-size"));
  }

  /// Returns a crate with a file that cannot be compressed.
  private static UploadBuilder sized(UploadBuilder crate, int bytes) {
    byte[] noise = new byte[bytes];
    new SecureRandom().nextBytes(noise);
    return crate.entry(new TarEntry(crate.path("noise"), '0', "", noise));
  }

  private static void unpacked(CaseContext c) {
    long limit = Long.parseLong(c.declared("max-unpacked"));
    c.accepted(zeros(c.crate(), limit - ROOM));
    c.refused(zeros(c.crate(), limit + 1));
  }

  /// Returns a crate with a file that is small in the archive.
  private static UploadBuilder zeros(UploadBuilder crate, long bytes) {
    return crate.archive(TarWriter.gzipWithZeros(crate.entries(), crate.path("zeros"), bytes));
  }

  private static void raised(CaseContext c) {
    CaseContext.RaisedLimit raised = c.raised("raised-size");
    c.accepted(sized(c.next(raised.crate()), raised.limit() - ROOM));
    expectStatus(c.refused(sized(c.next(raised.crate()), raised.limit() + ROOM)), 413);
    expectStatus(c.refused(sized(c.crate(), raised.limit() - ROOM)), 413);
  }

  private static void bomb(CaseContext c) {
    UploadBuilder crate = c.crate();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(TarWriter.tar(crate.entries()), 0, 1_024);
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 700; i++) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    crate.archive(out.toByteArray());
    long begun = System.nanoTime();
    c.refused(crate);
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    expect(taken.compareTo(BOMB) < 0, "a refusal within 10 seconds", taken);
  }
}
