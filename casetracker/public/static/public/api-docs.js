// Shows the description of the API. The content policy allows no script inside the page.
"use strict";

const element = document.getElementById("swagger-ui");

SwaggerUIBundle({
  url: element.dataset.schema,
  domNode: element,
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
});
