package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.ingress.HttpRequest;
import org.hopscope.model.kube.ingress.IngressController;
import org.hopscope.model.kube.ingress.ProxyQuestion;
import org.hopscope.model.kube.ingress.ReverseProxy;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.RouteFilter;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.packet.Header;
import org.hopscope.model.tls.TlsText;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * A client's connection to a reverse proxy. Where TLS ends here, the client is shown a certificate first. A request is held
 * against the rules, and goes on over a connection of its own to an endpoint ({@link Upstream}); of those that cannot be
 * reached three are tried (nginx proxy_next_upstream_tries as ingress-nginx sets it). The answer takes the same way back. A
 * proxy whose pod is not known leads nothing anywhere. The lab's own question is answered as every server does.
 */
final class ProxyConnection extends GoBetween {
  private static final int TRIES = 3;

  private final Optional<ReverseProxy> proxy;
  private final IngressController kind;
  private final boolean tls;
  private final List<ProxyQuestion.Endpoint> tried = new ArrayList<>();
  private boolean greeted;
  private String serverName = "";
  private Optional<HttpRequest> request = Optional.empty();
  private Optional<ProxyQuestion.Backend> backend = Optional.empty();
  private Optional<ProxyQuestion.Sent> sent = Optional.empty();
  private boolean decided;
  private boolean waited;
  /** Whether the client was told something: what comes after that comes too late. */
  private boolean answered;

  ProxyConnection(Run run, NetnsId netns, Server server, Skb syn) {
    super(run, netns, server.label(), syn);
    proxy = run.lab.clusterOf(netns.host()).flatMap(c -> ReverseProxy.of(c, netns.host(), server));
    kind = proxy.map(ReverseProxy::kind).orElse(IngressController.INGRESS_NGINX);
    Header.Tcp tcp = syn.packet().find(Header.Tcp.class).orElseThrow();
    tls = proxy.filter(p -> p.endsTls(tcp.destinationPort())).isPresent();
  }

  @Override
  boolean isDecided() {
    return decided;
  }

  @Override
  void close(Skb skb) {
    finished = true;
    socket.sendFin(skb);
  }

  @Override
  void understand(Skb skb, NetDev device) {
    if (Banner.isQuestion(heard)) {
      TcpSocket.Ends ends = socket.ends();
      say(Banner.answer(heard, label(), ends.remote(), ends.remotePort(), ends.local(), ends.localPort()));
    } else if (tls && !greeted) {
      TlsText.serverName(heard).ifPresentOrElse(name -> greet(skb, device, name), () -> own(400));
    } else {
      Optional<String> text = tls ? TlsText.said(heard) : Optional.of(heard);
      Optional<HttpRequest> asked = text.flatMap(HttpRequest::parse);
      request = asked;
      asked.ifPresentOrElse(r -> lead(skb, device, r), () -> own(400));
    }
  }

  private void looks(Skb skb, NetDev device, ProxyQuestion question) {
    run.recorder.step(skb, device, new Event.Looked(new Lookup.ProxyLookup(netns, question)));
  }

  private void greet(Skb skb, NetDev device, String name) {
    ProxyQuestion.Certified certified = proxy.orElseThrow().certificate(socket.ends().localPort(), name);
    looks(skb, device, certified);
    greeted = true;
    serverName = name;
    heard = "";
    received = 0;
    String hello = certified.shown().map(TlsText::serverHello).orElse(TlsText.alert("unrecognized name"));
    if (certified.shown().isEmpty()) {
      decided = true;
      deed = s -> {
        socket.sendData(s, hello.length(), hello);
        socket.sendFin(s);
      };
    } else {
      deed = s -> socket.sendData(s, hello.length(), hello);
    }
  }

  private void lead(Skb skb, NetDev device, HttpRequest asked) {
    decided = true;
    if (proxy.isEmpty()) {
      own(404);
      return;
    }
    ProxyQuestion.Routed routed = proxy.get().route(socket.ends().localPort(), Optional.of(serverName).filter(_ -> tls),
        asked, run.identities.draw(netns));
    looks(skb, device, routed);
    switch (routed.led()) {
      case ProxyQuestion.Led.To(var _, var _, ProxyQuestion.Backend to, ProxyQuestion.Sent as) -> {
        backend = Optional.of(to);
        sent = Optional.of(as);
        limit(as.timeouts().request()).ifPresent(nanos -> run.queue.after(nanos, () -> silent(skb)));
        balance(Optional.of(device), skb);
        as.copies().forEach(c -> copy(skb, device, c));
      }
      case ProxyQuestion.Led.Redirected(String location, int status) -> own(status, "Location: "
          + location);
      case ProxyQuestion.Led.Preflight(var _, List<RouteFilter.Field> fields) when !fields.isEmpty() -> {
        String text = ProxyText.allowed(kind, fields);
        say(tls && greeted ? TlsText.data(text) : text);
      }
      case ProxyQuestion.Led.Preflight _,ProxyQuestion.Led.NotFound _,ProxyQuestion.Led.Misdirected _,ProxyQuestion.Led.NoBackend _ ->
          own(routed.led().status());
    }
  }

  /** Somebody else gets the request as well, once it is sent. */
  private void copy(Skb skb, NetDev device, ProxyQuestion.Copied copy) {
    ProxyQuestion.Balanced balanced = proxy.orElseThrow().balance(copy.to(), run.identities.draw(netns), List.of());
    looks(skb, device, balanced);
    String text = ProxyText.request(request.orElseThrow(), copy.request(), socket.ends().remote(), tls ? 443 : 80, tls);
    Deed first = deed;
    balanced.chosen().ifPresent(to -> deed = s -> {
      first.because(s);
      new Upstream(run, new Mirrored(label()), netns, to, text.length(), text, Optional.empty()).open(s);
    });
  }

  private static Optional<Long> limit(Optional<HttpRoute.Lapse> lapse) {
    return lapse.map(HttpRoute.Lapse::nanos).filter(n -> n > 0);
  }

  /** Chooses an endpoint that was not tried yet, and says what is to be done with it. */
  private void balance(Optional<NetDev> device, Skb skb) {
    ProxyQuestion.Balanced balanced = proxy.orElseThrow().balance(backend.orElseThrow(), run.identities.draw(netns),
        tried);
    device.ifPresent(d -> looks(skb, d, balanced));
    balanced.chosen().filter(_ -> tried.size() < TRIES).ifPresentOrElse(to -> {
      tried.add(to);
      HttpRequest asked = request.orElseThrow();
      String text = ProxyText.request(asked, sent.orElseThrow().request(), socket.ends().remote(), tls ? 443 : 80, tls);
      deed = s -> new Upstream(run, this, netns, to, text.length(), text, limit(sent.orElseThrow().timeouts()
          .backendRequest())).open(s);
    }, () -> own(balanced.status(waited)));
  }

  private void own(int status, String... more) {
    boolean bodiless = request.filter(r -> r.method().equals("HEAD")).isPresent();
    String text = ProxyText.own(kind, status, bodiless, more);
    say(tls && greeted ? TlsText.data(text) : text);
  }

  private void say(String text) {
    decided = true;
    deed = s -> answer(s, text);
  }

  private void answer(Skb cause, String text) {
    answered = true;
    socket.sendData(cause, text.length(), text);
    socket.sendFin(cause);
  }

  @Override
  public void answered(Skb cause, String text) {
    if (answered) {
      return;
    }
    Optional<String> answer =
        ProxyText.answer(text).map(a -> sent.map(s -> ProxyText.changed(a, s.answers())).orElse(a));
    boolean bodiless = request.filter(r -> r.method().equals("HEAD")).isPresent();
    String said = answer.orElseGet(() -> ProxyText.own(kind, 502, bodiless));
    answer(cause, tls ? TlsText.data(said) : said);
  }

  @Override
  public void failed(Skb cause, Optional<NetDev> device, boolean inVain) {
    if (!answered) {
      waited = inVain;
      balance(device, cause);
    }
  }

  @Override
  public void again(Skb cause) {
    if (!answered) {
      deed.because(cause);
    }
  }

  @Override
  public void silent(Skb cause) {
    if (!answered) {
      own(504);
      deed.because(cause);
    }
  }

  @Override
  public void narrower(Skb cause, int mtu) {
    socket.narrower(cause, mtu);
  }
}
