/// The HTTP interface of the gate: the sparse registry, downloads, cargo's web API, the desk's API,
/// health, metrics and a page for people. The handlers are functions from
/// [lazaret.mirror.http.Call] to [lazaret.mirror.http.Reply]; one class connects them to Helidon.
@NullMarked
package lazaret.mirror.http;

import org.jspecify.annotations.NullMarked;
