/** IPVS as values: virtual services, the connections they balance, and {@code ipvsadm}. */
package org.hopscope.model.ipvs;
