package lazaret.vetting.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class AtomFeedWriterTest {
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00.5Z");

  private static AtomEntry entry(String seed, String text) {
    return new AtomEntry(seed, text, text, AT, "/desk/a?b=" + text, text);
  }

  private static AtomFeed feed(List<AtomEntry> entries) {
    return new AtomFeed(
        "seed", "Title", URI.create("https://gate.example"), "/desk/page", AT, entries);
  }

  private static Document parsed(AtomFeed feed) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(AtomFeedWriter.write(feed).array()));
  }

  private static List<String> texts(Document document, String name) {
    NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2005/Atom", name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void keepsHostileTextAsText() throws Exception {
    String hostile = "<script>a & \"b\"</script> ]]> \u0000\u0001\u001b\uFFFE\u202E\uD800 end";

    Document document = parsed(feed(List.of(entry("one", hostile))));

    String safe = "<script>a & \"b\"</script> ]]>        end";
    assertThat(texts(document, "title").getLast()).isEqualTo(safe);
    assertThat(texts(document, "content")).containsExactly(safe);
    assertThat(texts(document, "script")).isEmpty();
  }

  @Test
  void hasTheElementsThatAtomRequires() throws Exception {
    Document document = parsed(feed(List.of(entry("one", "text"))));

    assertThat(document.getDocumentElement().getLocalName()).isEqualTo("feed");
    assertThat(texts(document, "id")).hasSize(2).allMatch(id -> id.startsWith("urn:uuid:"));
    assertThat(texts(document, "updated")).containsOnly("2026-11-24T12:00:00Z");
    assertThat(texts(document, "name")).containsExactly("Lazaret", "text");
  }

  @Test
  void namesThePageAndItsOwnAddress() {
    assertThat(AtomFeedWriter.write(feed(List.of())).text())
        .contains("rel=\"alternate\" type=\"text/html\" href=\"https://gate.example/desk/page\"")
        .contains("type=\"application/atom+xml\" href=\"https://gate.example/desk/page/feed\"");
  }

  @Test
  void idsFollowFromTheirSeeds() throws Exception {
    List<String> ids = texts(parsed(feed(List.of(entry("one", "a"), entry("two", "a")))), "id");
    List<String> again = texts(parsed(feed(List.of(entry("two", "b")))), "id");

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(again).containsExactly(ids.getFirst(), ids.getLast());
  }

  @Test
  void hasALimitedNumberOfEntries() throws Exception {
    Document document = parsed(feed(Collections.nCopies(500, entry("one", "a"))));

    assertThat(texts(document, "entry")).hasSize(AtomFeed.MAX_ENTRIES);
  }

  @Test
  void anEmptyFeedHasTheMomentOfItsRequest() throws Exception {
    assertThat(texts(parsed(feed(List.of())), "updated")).containsExactly("2026-11-24T12:00:00Z");
  }
}
