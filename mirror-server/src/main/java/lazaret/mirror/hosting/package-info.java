/// The private registry over HTTP.
@NullMarked
package lazaret.mirror.hosting;

import org.jspecify.annotations.NullMarked;
