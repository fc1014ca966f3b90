package lazaret.bundle.tuf;

import static lazaret.bundle.tuf.TestRepository.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A property: this client and python3-tuf accept the same randomly changed repositories and read
/// the same content. This client may in addition refuse malformed metadata.
class PythonAgreementTest {
  /// The codes with which this client may be stricter.
  private static final Set<BundleCode> FORM =
      Set.of(BundleCode.METADATA_MALFORMED, BundleCode.KEY_MALFORMED, BundleCode.THRESHOLD_INVALID);

  @TempDir Path folder;

  @Test
  void takesWhatPythonTakes() throws IOException, InterruptedException {
    String python = python();
    assumeTrue(!python.isEmpty(), "skipped: no python3-tuf");
    Map<String, String> ours = new TreeMap<>();
    int rounds = Mutator.rounds(400);
    Path cases = Files.createDirectory(folder.resolve("cases"));
    for (int seed = 1; seed <= rounds; seed++) {
      String name = "%06d".formatted(seed);
      ours.put(name, verdict(cases.resolve(name), new Mutator(seed)));
    }
    Map<String, String> theirs = theirs(python, cases);
    assertThat(theirs).hasSize(rounds);
    Map<String, String> differences = new TreeMap<>();
    int taken = 0;
    for (Map.Entry<String, String> own : ours.entrySet()) {
      String other = theirs.getOrDefault(own.getKey(), "");
      taken += own.getValue().startsWith("takes") ? 1 : 0;
      if (!agree(own.getValue(), other)) {
        differences.put(own.getKey(), own.getValue() + " <> " + other);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(taken).isBetween(rounds / 20, rounds * 19 / 20);
  }

  private static boolean agree(String own, String other) {
    if (own.startsWith("takes") || other.startsWith("takes")) {
      return own.equals(other)
          // A root may name keys of unknown types, as long as the client needs none of them.
          || other.contains("Unsupported public key")
          || FORM.stream().anyMatch(code -> own.startsWith("refuses " + code.code()));
    }
    return true;
  }

  /// Makes a case, and returns the result of this client.
  private static String verdict(Path place, Mutator random) throws IOException {
    TestRepository repository = TestRepository.published();
    var store = new TestRepository.MemoryStore();
    store.kept.put(Roles.ROOT, repository.files.getOrDefault("1.root.json", Bytes.EMPTY));
    if (random.below(2) == 0) {
      TufClient.refreshed(store, repository, Clock.fixed(NOW, ZoneOffset.UTC));
    }
    if (random.below(3) == 0) {
      repository.signers(Roles.TARGETS).add(TestRepository.ed25519("second"));
      repository.trustSigners();
      repository.threshold(Roles.TARGETS, 1 + random.below(3));
    }
    if (random.below(2) == 0) {
      repository.nextRoot();
    }
    repository.publishNext();
    for (int changes = random.below(3); changes > 0; changes--) {
      change(repository, random);
    }
    write(place.resolve("metadata"), repository.files, "");
    write(place.resolve("kept"), store.kept, ".json");
    return ours(repository, store);
  }

  private static void change(TestRepository repository, Mutator random) {
    List<String> names = repository.files.keySet().stream().sorted().toList();
    String name = names.get(random.below(names.size()));
    Bytes file = repository.files.getOrDefault(name, Bytes.EMPTY);
    switch (random.below(12)) {
      case 0 -> repository.files.remove(name);
      case 1 -> repository.files.put(name, Bytes.of(random.mutate(file.array())));
      case 2 ->
          repository.files.put(
              name, repository.files.getOrDefault(names.get(random.below(names.size())), file));
      case 3 -> {
        // Copies the signatures of another file.
        String other = repository.text(names.get(random.below(names.size())));
        String own = file.text();
        int end = other.indexOf(",\"signed\":");
        int from = own.indexOf(",\"signed\":");
        if (end > 0 && from > 0) {
          repository.files.put(name, Bytes.utf8(other.substring(0, end) + own.substring(from)));
        }
      }
      default -> resign(repository, name, file, random);
    }
  }

  /// Changes a value in the signed part, and signs it again with the keys of its role.
  private static void resign(TestRepository repository, String name, Bytes file, Mutator random) {
    JsonValue document;
    try {
      document = JsonTreeReader.read(file, name);
    } catch (BundleException _) {
      return;
    }
    if (!(document instanceof JsonValue.Fields(Map<String, JsonValue> fields))
        || !(fields.get("signed") instanceof JsonValue.Fields signed)) {
      return;
    }
    JsonValue changed = changed(signed, random);
    String role = name.replace(".json", "").replaceAll("[0-9]+\\.", "");
    List<SigningKey> keys = repository.signers(role);
    repository.files.put(name, MetadataWriter.file(changed, keys));
  }

  private static JsonValue changed(JsonValue value, Mutator random) {
    return switch (value) {
      case JsonValue.Fields(Map<String, JsonValue> fields) when !fields.isEmpty() -> {
        Map<String, JsonValue> copy = new LinkedHashMap<>(fields);
        List<String> names = List.copyOf(fields.keySet());
        String at = names.get(random.below(names.size()));
        switch (random.below(12)) {
          case 0 -> copy.remove(at);
          case 1 -> copy.put("x-more", new JsonValue.Whole(1));
          default -> copy.put(at, changed(copy.getOrDefault(at, value), random));
        }
        yield new JsonValue.Fields(copy);
      }
      case JsonValue.Items(List<JsonValue> items) when !items.isEmpty() -> {
        List<JsonValue> copy = new ArrayList<>(items);
        int at = random.below(items.size());
        switch (random.below(4)) {
          case 0 -> copy.remove(at);
          case 1 -> copy.add(items.get(at));
          default -> copy.set(at, changed(items.get(at), random));
        }
        yield new JsonValue.Items(copy);
      }
      case JsonValue.Fields _, JsonValue.Items _ -> new JsonValue.Nothing();
      case JsonValue.Text(String text) -> new JsonValue.Text(changed(text, random));
      case JsonValue.Whole(long number) ->
          new JsonValue.Whole(number + List.of(-1L, 1L, -2L, 7L, 1L << 40).get(random.below(5)));
      case JsonValue.Truth(boolean truth) -> new JsonValue.Truth(!truth);
      case JsonValue.Nothing nothing -> nothing;
    };
  }

  private static String changed(String text, Mutator random) {
    return switch (random.below(6)) {
      case 0 -> "";
      case 1 -> text + "x";
      case 2 -> text.toUpperCase(java.util.Locale.ROOT);
      case 3 -> "2026-11-24T11:59:59Z";
      case 4 -> "1.0.0";
      default -> text.isEmpty() ? "0" : (text.charAt(0) == '0' ? "1" : "0") + text.substring(1);
    };
  }

  private static void write(Path place, Map<String, Bytes> files, String ending)
      throws IOException {
    Files.createDirectories(place);
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      Files.write(place.resolve(file.getKey() + ending), file.getValue().array());
    }
  }

  private static String ours(TestRepository repository, TestRepository.MemoryStore store)
      throws IOException {
    try {
      TufClient client = TufClient.refreshed(store, repository, Clock.fixed(NOW, ZoneOffset.UTC));
      Map<String, JsonValue> targets = new TreeMap<>();
      client
          .targets()
          .targets()
          .forEach(
              (path, file) ->
                  targets.put(
                      path,
                      new JsonValue.Items(
                          List.of(new JsonValue.Whole(file.length()), texts(file.hashes())))));
      List<JsonValue> versions =
          Stream.of(
                  client.root().version(),
                  MetadataReader.timestamp(kept(store, Roles.TIMESTAMP)).content().version(),
                  MetadataReader.snapshot(kept(store, Roles.SNAPSHOT)).content().version(),
                  client.targets().version())
              .<JsonValue>map(JsonValue.Whole::new)
              .toList();
      JsonValue seen =
          new JsonValue.Items(
              List.of(new JsonValue.Items(versions), new JsonValue.Fields(targets)));
      return "takes " + CanonicalJson.document(seen).text();
    } catch (BundleException e) {
      return "refuses " + e.reason().code() + " " + e.getMessage();
    }
  }

  private static Bytes kept(TestRepository.MemoryStore store, String role) {
    return store.kept.getOrDefault(role, Bytes.EMPTY);
  }

  private static JsonValue texts(Map<String, String> texts) {
    Map<String, JsonValue> fields = new TreeMap<>();
    texts.forEach((name, text) -> fields.put(name, new JsonValue.Text(text)));
    return new JsonValue.Fields(fields);
  }

  /// Returns a Python with the package, or an empty text.
  private static String python() throws IOException, InterruptedException {
    for (String python : List.of("/usr/bin/python3", "python3")) {
      try {
        Process asked =
            new ProcessBuilder(python, "-c", "import tuf.ngclient")
                .redirectErrorStream(true)
                .start();
        asked.getInputStream().readAllBytes();
        if (asked.waitFor() == 0) {
          return python;
        }
      } catch (IOException _) {
        // This Python is not installed.
      }
    }
    return "";
  }

  private Map<String, String> theirs(String python, Path cases)
      throws IOException, InterruptedException {
    Path script = folder.resolve("refresh.py");
    try (InputStream in = PythonAgreementTest.class.getResourceAsStream("refresh.py")) {
      Files.copy(java.util.Objects.requireNonNull(in), script);
    }
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(python, script.toString(), "" + NOW.getEpochSecond(), cases.toString())
            .redirectError(said.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    return out.lines()
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(' ')),
                line -> line.substring(line.indexOf(' ') + 1),
                (a, _) -> a,
                HashMap::new));
  }
}
