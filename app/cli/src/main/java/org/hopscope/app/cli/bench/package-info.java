/** The benchmarks that can be run in turns with other programs: see {@code docs/performance.md}. */
package org.hopscope.app.cli.bench;
