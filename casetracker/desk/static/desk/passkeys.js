// Asks the browser for a passkey when a form that wants one is sent, and sends its answer with the form.
// data-passkey is "create" or "get"; data-options holds what the server asks, data-options-from an address that tells it.
(() => {
  "use strict";

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };

  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  const withBytes = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const read = ({ publicKey }) => {
    const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
    if (publicKey.user) {
      options.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
      options.excludeCredentials = withBytes(publicKey.excludeCredentials);
    } else {
      options.allowCredentials = withBytes(publicKey.allowCredentials);
    }
    return options;
  };

  const written = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) {
        response[name] = text(credential.response[name]);
      }
    }
    if (credential.response.getTransports) {
      response.transports = credential.response.getTransports();
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  };

  const optionsOf = async (form) => {
    if (!form.dataset.optionsFrom) {
      return JSON.parse(form.dataset.options);
    }
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  };

  const ceremony = async (form) => {
    const options = read(await optionsOf(form));
    if (form.dataset.passkey === "get") {
      return navigator.credentials.get({ publicKey: options });
    }
    const alone = form.elements.passwordless && form.elements.passwordless.checked;
    options.authenticatorSelection = {
      ...options.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: Boolean(alone),
      userVerification: alone ? "required" : "preferred",
    };
    return navigator.credentials.create({ publicKey: options });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const trouble = form.querySelector("[data-trouble]");
      trouble.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(written(await ceremony(form)));
        form.submit();
      } catch {
        trouble.hidden = false;
        form.querySelector("button").focus();
      }
    });
  }
})();
