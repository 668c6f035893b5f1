/** How the command line writes what it found. */
package org.hopscope.app.cli.codec;
