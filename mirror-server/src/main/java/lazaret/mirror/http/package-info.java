/// The gate's doors over HTTP: the sparse registry, downloads, cargo's web API, the desk's API,
/// health, metrics and a page for people. What answers is plain functions from
/// [lazaret.mirror.http.Call] to [lazaret.mirror.http.Reply]; one class hangs them behind Helidon.
@NullMarked
package lazaret.mirror.http;

import org.jspecify.annotations.NullMarked;
