@NullMarked
package lazaret.e2e.tufclient;

import org.jspecify.annotations.NullMarked;
