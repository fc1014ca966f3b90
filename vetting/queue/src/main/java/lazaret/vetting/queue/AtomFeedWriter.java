package lazaret.vetting.queue;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import lazaret.vetting.Bytes;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// The writer of Atom feeds (RFC 4287). Characters that XML 1.0 does not permit, and those that
/// change the display of others, are replaced by spaces, since titles and texts are foreign.
/// Thread-safe.
final class AtomFeedWriter {
  private static final String ATOM = "http://www.w3.org/2005/Atom";

  private AtomFeedWriter() {}

  /// Returns the document in UTF-8.
  static Bytes write(AtomFeed feed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.writeStartElement("feed");
      xml.writeDefaultNamespace(ATOM);
      element(xml, "id", id(feed.seed()));
      element(xml, "title", feed.title());
      element(xml, "updated", time(updated(feed)));
      author(xml, "Lazaret");
      String page = address(feed.origin(), feed.page());
      link(xml, "alternate", "text/html", page);
      link(xml, "self", "application/atom+xml", page == null ? null : page + "/feed");
      for (AtomEntry entry : feed.entries()) {
        entry(xml, entry, feed.origin());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write a feed to memory", e);
    }
    return Bytes.of(out.toByteArray());
  }

  private static Instant updated(AtomFeed feed) {
    return feed.entries().stream()
        .map(AtomEntry::updated)
        .max(Instant::compareTo)
        .orElse(feed.updated());
  }

  private static void entry(XMLStreamWriter xml, AtomEntry entry, @Nullable URI origin)
      throws XMLStreamException {
    xml.writeStartElement("entry");
    element(xml, "id", id(entry.seed()));
    element(xml, "title", entry.title());
    element(xml, "updated", time(entry.updated()));
    author(xml, entry.author());
    link(xml, "alternate", "text/html", address(origin, entry.path()));
    xml.writeStartElement("content");
    xml.writeAttribute("type", "text");
    xml.writeCharacters(safe(entry.text()));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static @Nullable String address(@Nullable URI origin, @Nullable String path) {
    return origin == null || path == null ? null : origin + path;
  }

  /// Writes a link.
  ///
  /// @param href the address; null for no link
  private static void link(XMLStreamWriter xml, String rel, String type, @Nullable String href)
      throws XMLStreamException {
    if (href != null) {
      xml.writeEmptyElement("link");
      xml.writeAttribute("rel", rel);
      xml.writeAttribute("type", type);
      xml.writeAttribute("href", safe(href));
    }
  }

  private static void author(XMLStreamWriter xml, String name) throws XMLStreamException {
    xml.writeStartElement("author");
    element(xml, "name", name);
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(safe(text));
    xml.writeEndElement();
  }

  private static String safe(String text) {
    return Printable.replaced(text, ' ');
  }

  /// Returns the id that follows from a seed (RFC 9562, version 3).
  private static String id(String seed) {
    return "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
  }

  /// Returns a moment in the form of RFC 3339, in seconds.
  private static String time(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
