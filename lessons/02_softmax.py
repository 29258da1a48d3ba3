# ---
# tutorch:
#   title:
#     en: Softmax classification
#     ko: 소프트맥스 분류
#   summary:
#     en: Three grades instead of pass or fail, trained at full speed.
#     ko: 합격·불합격을 넘어 세 등급으로 나누고, 전속력으로 학습시켜 봅니다.
#   minutes: 30
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## Three grades
#
# Give each student a grade, A, B or C, from scores in Korean,
# English and maths. That is no longer pass or fail: there are
# three **classes**.
#
# Our data has eight students and a fourth score. In `y_train`
# a grade is a number: 0 is A, 1 is B, 2 is C.
#
# The model makes one sum for each grade, three **logits** a
# student, and the largest wins. Still `x_train.matmul(W)`.
#
# Four scores go in, three logits come out. Which shape has $W$?
#
# - [ ] [3, 4]
#   `[8, 4]` times `[3, 4]` cannot be done: the inner sizes differ.
# - [x] [4, 3]
#   `[8, 4]` times `[4, 3]` is `[8, 3]`: a column for each grade.
# - [ ] [8, 3]
#   That is the shape of the logits, three for each student.

# %% [markdown] lang="ko"
# ## 세 등급으로 나누기
#
# 국어, 영어, 수학 점수로 학생의 등급을 A, B, C로 나눠 봅시다.
# 이제 합격과 불합격이 아니라 **클래스**가 셋입니다.
#
# 데이터에는 학생이 여덟 명이고 점수가 하나 더 있어 네 개입니다.
# `y_train`에서는 등급을 숫자로 씁니다. 0이 A, 1이 B, 2가 C입니다.
#
# 모델은 등급마다 점수에 가중치를 곱해 더합니다. 그 합이
# **로짓**입니다. 학생 한 명에게서 로짓이 세 개 나오고, 로짓이 가장
# 큰 등급이 답입니다. 계산은 여전히 `x_train.matmul(W)`입니다.
#
# 점수 네 개가 들어가서 로짓 세 개가 나옵니다. $W$의 shape은
# 무엇일까요?
#
# - [ ] [3, 4]
#   `[8, 4]`에 `[3, 4]`는 곱할 수 없습니다. 안쪽 크기가 다릅니다.
# - [x] [4, 3]
#   `[8, 4]`에 `[4, 3]`을 곱하면 `[8, 3]`, 등급마다 한 열입니다.
# - [ ] [8, 3]
#   그것은 로짓의 shape입니다. 학생마다 세 개씩입니다.

# %% Eight students show="x_train y_train W logits"
import torch
import torch.nn as nn
import torch.nn.functional as F

x_train = torch.tensor(
    [
        [1, 2, 1, 1],
        [2, 1, 3, 2],
        [3, 1, 3, 4],
        [4, 1, 5, 5],
        [1, 7, 5, 5],
        [1, 2, 5, 6],
        [1, 6, 6, 6],
        [1, 7, 7, 7],
    ],
    dtype=torch.float32,
)
y_train = torch.tensor([2, 2, 2, 1, 1, 1, 0, 0])

W = torch.zeros((4, 3))
logits = x_train.matmul(W)
print(x_train.shape, W.shape, logits.shape)

# %% [markdown] lang="en"
# ## Softmax
#
# Three logits are not yet three chances: they may be negative,
# and they add up to anything. Take $e^z$ of each, which is
# never negative, and divide by the sum:
#
# $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$
#
# This is the **softmax**. The code lets the logit of C rise
# from -2 to 5 while A and B stay at 2 and 1. The drawing shows
# what C takes from the others. Press `-` first to see it slowly.
#
# What if you add 10 to all three logits?
#
# - [ ] All three chances rise
#   They always share 1 between them; they cannot all rise.
# - [x] Nothing changes
#   Every $e^z$ grows $e^{10}$ times, and so does the sum.
# - [ ] The largest takes nearly everything
#   Only the differences count, and those are what they were.

# %% [markdown] lang="ko"
# ## 소프트맥스
#
# 로짓 세 개는 아직 확률이 아닙니다. 음수일 수도 있고, 더해서
# 1이 되지도 않습니다. 그래서 음수가 될 수 없는 $e^z$로 바꾼 다음
# 모두 더한 값으로 나눕니다.
#
# $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$
#
# 이것이 **소프트맥스**입니다. 코드는 A와 B의 로짓을 2와 1로 두고
# C의 로짓을 -2에서 5까지 올립니다. C가 A와 B에게서 얼마나
# 가져가는지 그림으로 보세요. 먼저 `-`를 누르면 천천히 볼 수
# 있습니다.
#
# 세 로짓에 모두 10을 더하면 어떻게 될까요?
#
# - [ ] 확률이 모두 커집니다
#   셋의 합은 언제나 1이므로 모두 커질 수는 없습니다.
# - [x] 아무것도 바뀌지 않습니다
#   $e^z$가 모두 $e^{10}$배가 되고, 합도 똑같이 커집니다.
# - [ ] 가장 큰 쪽이 거의 다 가져갑니다
#   중요한 것은 로짓의 차이인데, 차이는 그대로입니다.

# %% Softmax by hand show="z chances"
for logit_of_c in torch.linspace(-2, 5, 71):
    z = torch.stack([torch.tensor(2.0), torch.tensor(1.0), logit_of_c])
    chances = torch.exp(z) / torch.exp(z).sum()

print("by hand:", chances, "sum", f"{chances.sum():.4f}")
print("PyTorch:", F.softmax(z, dim=0))
print("plus 10:", F.softmax(z + 10, dim=0))

# %% Three chances view="every epoch"
import plotext as plt

plt.clear_figure()
plt.theme("clear")
plt.bar(["A: 2.0", "B: 1.0", f"C: {z[2]:.1f}"], chances.tolist(), color="cyan")
plt.ylim(0, 1)
plt.yticks([0, 0.25, 0.5, 0.75, 1])
plt.title("chances of three logits")
plt.show()

# %% [markdown] lang="en"
# ## Your turn: softmax by rows
#
# `softmax` gets a whole table, one student in a row, and each
# **row** must add up to 1. As it stands, only the whole table
# does: look at the sums it prints.
#
# Mend it for tables of any size, with `torch.exp` and `sum`.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 행마다 소프트맥스
#
# `softmax`는 표를 통째로 받습니다. 한 행이 학생 한 명이고,
# **행**마다 합이 1이 되어야 합니다. 지금은 모든 학생을 통틀어
# 합이 1입니다. 출력된 합을 보세요.
#
# `torch.exp`와 `sum`으로, 표의 크기가 어떻든 맞도록 고쳐
# 보세요.


# %% Softmax of a table show="logits chances" tags=["exercise"]
def softmax(logits):
    powers = torch.exp(logits)
    return powers / powers.sum()


logits = torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 0.0], [1.0, 1.0, 1.0]])
chances = softmax(logits)
print(chances)
print("sum of each row:", chances.sum(dim=1))

# %% [markdown] lang="en" tags=["hint"]
# `sum()` adds up the whole table. It can also be told along
# which dimension to add: then it gives one sum for each row.

# %% [markdown] lang="ko" tags=["hint"]
# `sum()`은 표 전체를 더합니다. 어느 차원으로 더할지 알려 주면
# 행마다 합을 하나씩 구합니다.

# %% [markdown] lang="en" tags=["hint"]
# `sum(dim=1)` adds along a row, but its shape is `[3]`, and
# dividing would pair the sums with columns. `keepdim=True`
# keeps them standing, `[3, 1]`.

# %% [markdown] lang="ko" tags=["hint"]
# `sum(dim=1)`은 행을 따라 더하지만 shape이 `[3]`이라서, 그대로
# 나누면 행이 아니라 열과 짝이 됩니다. `keepdim=True`를 주면
# `[3, 1]`로 서 있어서 행과 짝이 됩니다.

# %% [markdown] lang="en" tags=["hint"]
# `return powers / powers.sum(dim=1, keepdim=True)`

# %% [markdown] lang="ko" tags=["hint"]
# `return powers / powers.sum(dim=1, keepdim=True)`


# %% tags=["solution"]
def softmax(logits):
    powers = torch.exp(logits)
    return powers / powers.sum(dim=1, keepdim=True)


logits = torch.tensor([[2.0, 1.0, 0.0], [0.0, 3.0, 0.0], [1.0, 1.0, 1.0]])
chances = softmax(logits)
print(chances)
print("sum of each row:", chances.sum(dim=1))

# %% tags=["check"]
table = torch.tensor([[0.0, 2.0], [-1.0, 1.5]])
shared = softmax(table)
larger = torch.tensor([[1.0, -2.0, 3.0], [2.0, 4.0, -1.0], [0.0, 0.0, 0.0], [5.0, 1.0, 2.0]])
true = torch.softmax(larger, dim=1)

assert shared.shape == table.shape, {
    "en": f"a table must keep its shape; one of {list(table.shape)} came out {list(shared.shape)}",
    "ko": f"표를 넣으면 같은 shape으로 나와야 합니다. shape이 {list(table.shape)}인 표를 넣으면"
    " 지금은"
    f" {list(shared.shape)}입니다",
}
sums = [round(row.sum().item(), 4) for row in shared]
by_rows = all(abs(one - 1) < 0.001 for one in sums)
assert by_rows, {
    "en": f"each row must add up to 1; yours add up to {sums}",
    "ko": f"행마다 합이 1이어야 합니다. 지금은 {sums}입니다",
}
largest = shared.flatten()[1].item()
assert abs(largest - 0.8808) < 0.001, {
    "en": f"logits 0 and 2 must give the second 0.8808, its share of 1 + e²; yours: {largest:.4f}",
    "ko": "로짓이 0과 2이면 둘째 확률은 e²을 1 + e²으로 나눈 값인 0.8808이어야 합니다."
    f" 지금은 {largest:.4f}입니다",
}
if by_rows:
    found = softmax(larger).float()
    is_right = found.shape == larger.shape and torch.allclose(found, true, atol=0.001)
    assert is_right, {
        "en": "a table of 4 rows and 3 columns must work too;"
        f" its first row must be {[round(one, 3) for one in true[0].tolist()]}",
        "ko": "행이 4개, 열이 3개인 표도 맞아야 합니다."
        f" 첫 행은 {[round(one, 3) for one in true[0].tolist()]}이어야 합니다",
    }

# %% [markdown] lang="en"
# ## One-hot, and the cost
#
# The target of a B is all on B: (0, 1, 0). This is **one-hot**.
# Cross entropy weighs the logarithms with it:
#
# $$cost = -\sum_i y_i \ln p_i$$
#
# Only one $y_i$ is 1: the cost is minus the logarithm of the
# chance given to the true grade.
#
# `F.cross_entropy` does all of it: it takes logits and class
# numbers, and softmax and one-hot are inside. So the model
# ends with the logits; a softmax of its own would be a second one.
#
# With $W$ all zero, what is the cost?
#
# - [?] `cost.item()` ± 0.05
#   Each grade gets a third, and -ln(1/3) is ln 3.

# %% [markdown] lang="ko"
# ## 원-핫과 cost
#
# 정답이 B라면 B만 1인 (0, 1, 0)으로 쓸 수 있습니다. 이를
# **원-핫**이라고 합니다. 크로스 엔트로피는 이 값을 로그에
# 곱합니다.
#
# $$cost = -\sum_i y_i \ln p_i$$
#
# $y_i$는 하나만 1이므로, 정답 등급에 준 확률의 로그에 마이너스
# 부호를 붙인 값만 남습니다.
#
# `F.cross_entropy`는 이 계산을 모두 합니다. 로짓과 클래스
# 번호를 받고, 소프트맥스와 원-핫은 그 안에 있습니다. 그래서
# 모델은 로짓까지만 구합니다. 모델에도 소프트맥스를 쓰면 두 번 하게
# 됩니다.
#
# $W$가 모두 0이면 cost는 얼마일까요?
#
# - [?] `cost.item()` ± 0.05
#   등급마다 1/3이고, 그 로그에 마이너스 부호를 붙이면 ln 3입니다.

# %% Cross entropy both ways show="one_hot p"
logits = x_train.matmul(torch.zeros((4, 3)))

one_hot = F.one_hot(y_train, num_classes=3)
p = F.softmax(logits, dim=1)
by_hand = -(one_hot * torch.log(p)).sum(dim=1).mean()
cost = F.cross_entropy(logits, y_train)

print(one_hot)
print(f"by hand {by_hand:.6f}, F.cross_entropy {cost:.6f}")

# %% [markdown] lang="en"
# ## Training at full speed
#
# The model is one `nn.Linear(4, 3)`, and the loop is the old
# one. The learning rate is 1.
#
# In the drawing each student has a row, with the true grade at its
# left. Letters fill it: the more chance the model gives to A, the
# more of it is A. Row "1 C" is right once it is full of C.
#
# We look at the first 300 epochs. Press `-` a few times, and
# watch what the rows do.
#
# How will the curve of the cost look?
#
# - [~] `cost`
#   Each step overshoots, and the next one throws it back.

# %% [markdown] lang="ko"
# ## 빠르게 학습하기
#
# 모델은 `nn.Linear(4, 3)` 하나이고, 반복문은 그대로입니다.
# 학습률은 1입니다.
#
# 그림에서는 한 행이 학생 한 명이고, 왼쪽에 정답 등급이 있습니다.
# 모델이 준 확률만큼 글자 A, B, C가 채워집니다. "1 C" 행이 C로
# 가득하면 맞힌 것입니다.
#
# 먼저 300 에포크만 봅시다. `-`를 몇 번 누르고, 행이 어떻게
# 되는지 지켜보세요.
#
# cost 곡선은 어떤 모양이 될까요?
#
# - [~] `cost`
#   걸음마다 바닥을 지나치고, 다음 걸음에 다시 튕겨 나옵니다.


# %% The first 300 epochs watch="cost" show="hypothesis"
class SoftmaxClassifierModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 3)

    def forward(self, x):
        return self.linear(x)


torch.manual_seed(1)
model = SoftmaxClassifierModel()
optimizer = torch.optim.SGD(model.parameters(), lr=1)

nb_epochs = 1000
for epoch in range(300):
    hypothesis = model(x_train)
    cost = F.cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()

    if epoch % 100 == 0:
        print(f"Epoch {epoch}/{nb_epochs} , Cost : {cost.item():.6f}")

# %% Eight students' chances view="every epoch"
import plotext as plt


def draw_chances(logits, title):
    chances = F.softmax(logits.detach(), dim=1).tolist()
    plt.clear_figure()
    plt.theme("clear")
    for row, (a, b, c) in enumerate(chances):
        shares = [("A", 0, a, "green"), ("B", a, a + b, "cyan"), ("C", a + b, 1, "red")]
        for grade, left, right, color in shares:
            if right - left > 0.01:
                plt.plot([left, right], [8 - row] * 2, marker=grade, color=color)
    plt.xlim(0, 1)
    plt.ylim(0.5, 8.5)
    plt.xticks([0, 0.5, 1])
    names = [f"{at} {'ABC'[grade]}" for at, grade in enumerate(y_train.tolist(), 1)]
    plt.yticks(range(8, 0, -1), names)
    plt.title(title)
    plt.show()


draw_chances(hypothesis, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## And then?
#
# The cost jumps up and down between 1 and 20. The rows say why:
# a whole group of students gets one grade, then another, each
# time with great certainty, and often the wrong one.
#
# Now the same model goes on to epoch 1000, with the same rate
# of 1. The second curve is the length of all weights,
# $\sqrt{\sum W^2}$: see how it moves with the cost.
#
# What will the cost be at the end of these 700 epochs?
#
# - [?] `cost.item()` ± 0.2
#   Each throw leaves the weights a bit larger. Once all eight
#   are right by far, the slope is near 0: no throw any more.

# %% [markdown] lang="ko"
# ## 그다음에는?
#
# cost가 1과 20 사이를 오르내립니다. 그림의 행을 보면 까닭을 알
# 수 있습니다. 여러 학생이 한꺼번에 한 등급이 되었다가 다른
# 등급으로 바뀝니다. 그때마다 크게 확신하지만 틀릴 때가
# 많습니다.
#
# 같은 모델로, 학습률도 1 그대로 1000 에포크까지 이어서
# 학습합니다. 두 번째 곡선은 가중치 전체의 크기인
# $\sqrt{\sum W^2}$입니다. cost와 함께 어떻게 움직이는지 보세요.
#
# 이 700 에포크가 끝나면 cost는 얼마일까요?
#
# - [?] `cost.item()` ± 0.2
#   튕길 때마다 가중치가 조금씩 커집니다. 여덟 명을 모두 확실히
#   맞히고 나면 기울기가 0에 가까워서 더는 튕기지 않습니다.

# %% The other 700 epochs watch="cost weight_length" show="hypothesis chances"
for epoch in range(300, nb_epochs):
    hypothesis = model(x_train)
    cost = F.cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    weight_length = model.linear.weight.norm().item()

    if epoch % 100 == 0:
        print(f"Epoch {epoch}/{nb_epochs} , Cost : {cost.item():.6f}")

chances = F.softmax(hypothesis.detach(), dim=1)
print("cost at the end:", round(cost.item(), 4))
print("sums:", chances.sum(dim=1))
print("grades:", chances.argmax(dim=1).tolist(), "targets:", y_train.tolist())

# %% Chances until the end view="every epoch"
draw_chances(hypothesis, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## Why it bounced
#
# It ended near 0.002, but the way there was chance: another
# seed, or another rounding, bounces along another path. So the
# ten costs of the slides are not these: their start is not
# known. The end is alike (0.0035 there at epoch 900); for two
# classes that a line can part it is proved (Wu and others,
# COLT 2024).
#
# The code takes **one** step from the same start, at each of three
# rates, and looks how far it moves the logits. Logits that differ
# by 2 are a clear answer already.
#
# Whose logits move furthest?
#
# - [ ] Student 1, with scores 1, 2, 1, 1
#   Small scores: what the weights change by is hardly multiplied.
# - [x] Student 8, with scores 1, 7, 7, 7
#   Large scores count twice: in the gradient, and in the sum.
# - [ ] All move alike
#   Only a bias does that. Weights are multiplied by scores.

# %% [markdown] lang="ko"
# ## 왜 출렁였을까요?
#
# 결국 0.002 가까이에서 끝났지만, 거기까지 간 길은 우연입니다.
# 시드나 반올림만 달라져도 다른 길로 갑니다. 강의 자료에는 출발값이
# 나와 있지 않아서, 자료의 cost 열 개도 여기와 다릅니다. 그래도
# 끝은 비슷합니다(자료에서는 900 에포크에 0.0035). 직선으로 나눌 수
# 있는 두 클래스라면 끝에 가서 잠잠해진다는 것이 증명되어
# 있습니다(Wu 외, COLT 2024).
#
# 같은 출발점에서 세 가지 학습률로 **한** 걸음씩만 움직이고,
# 로짓이 얼마나 변하는지 재 봅시다. 로짓의 차이가 2쯤이면 이미
# 분명한 답입니다.
#
# 누구의 로짓이 가장 멀리 움직일까요?
#
# - [ ] 점수가 1, 2, 1, 1인 1번 학생
#   점수가 작아서 가중치의 변화가 별로 커지지 않습니다.
# - [x] 점수가 1, 7, 7, 7인 8번 학생
#   큰 점수는 기울기에서 한 번, 로짓을 구할 때 또 한 번 곱해집니다.
# - [ ] 모두 똑같이
#   편향이라면 그렇습니다. 가중치에는 점수가 곱해집니다.

# %% One step watch="" show="before after moved"
for learning_rate in [1, 0.1, 0.01]:
    torch.manual_seed(1)
    model = SoftmaxClassifierModel()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)

    before = model(x_train)
    F.cross_entropy(before, y_train).backward()
    optimizer.step()
    after = model(x_train)

    moved = (after - before).abs().amax(dim=1).detach()
    print(f"lr {learning_rate}:", [round(far, 2) for far in moved.tolist()])

# %% [markdown] lang="en"
# ## Your turn: calm it
#
# A smaller rate is calm; too small a one gets nowhere. Choose
# `learning_rate` so that
#
# - the cost never rises from one epoch to the next;
# - after 1000 epochs it is below 0.4.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 출렁임 가라앉히기
#
# 학습률이 작으면 잠잠하지만, 너무 작으면 나아가지 못합니다.
# 다음 두 가지를 만족하도록 `learning_rate`를 고르세요.
#
# - cost가 한 번도 앞 에포크보다 커지지 않습니다.
# - 1000 에포크 뒤에 cost가 0.4보다 작습니다.

# %% A calm training watch="cost" show="hypothesis" tags=["exercise"]
learning_rate = 1

torch.manual_seed(1)
model = SoftmaxClassifierModel()
optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)

costs = []
for epoch in range(1000):
    hypothesis = model(x_train)
    cost = F.cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    costs.append(cost.item())

# %% [markdown] lang="en" tags=["hint"]
# Go down tenfold first, until the curve is smooth. Then see how
# much of it you can take back.

# %% [markdown] lang="ko" tags=["hint"]
# 먼저 10분의 1씩 줄여서 곡선을 매끄럽게 만드세요. 그런 다음
# 얼마까지 다시 키울 수 있는지 알아보세요.

# %% [markdown] lang="en" tags=["hint"]
# 0.1 still shakes, and 0.01 is too slow.

# %% [markdown] lang="ko" tags=["hint"]
# 0.1은 아직 떨리고, 0.01은 너무 느립니다.

# %% [markdown] lang="en" tags=["hint"]
# `learning_rate = 0.05`

# %% [markdown] lang="ko" tags=["hint"]
# `learning_rate = 0.05`

# %% tags=["solution"]
learning_rate = 0.05

torch.manual_seed(1)
model = SoftmaxClassifierModel()
optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)

costs = []
for epoch in range(1000):
    hypothesis = model(x_train)
    cost = F.cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    costs.append(cost.item())

# %% tags=["check"]
import inspect


def costs_again(x):
    # the same training, with costs that nobody else writes
    torch.manual_seed(1)
    fresh, kind = SoftmaxClassifierModel(), type(optimizer)
    takes = inspect.signature(kind).parameters
    chosen = {name: value for name, value in optimizer.defaults.items() if name in takes}
    again = kind(fresh.parameters(), **chosen)

    def cost_now():
        again.zero_grad()
        cost = F.cross_entropy(fresh(x), y_train)
        cost.backward()
        return cost

    return [again.step(cost_now).item() for epoch in range(1000)]


costs = [torch.as_tensor(each).item() for each in costs]
stepped = [each for group in optimizer.param_groups for each in group["params"]]
# what moves the weights by hand cannot be repeated
is_its = set(stepped) == set(model.parameters())
true_costs = costs_again(x_train) if is_its else costs
of_each = [torch.tensor(each).diff() for each in (costs, true_costs) if len(each) > 1]
rose, rise = max(
    ((int((rises > 1e-5).sum()), rises.max().item()) for rises in of_each), default=(0, 0.0)
)
now = F.cross_entropy(model(x_train), y_train)
reached = now.item()
fresh = torch.autograd.grad(now, list(model.parameters()))
# what is never emptied is added to in place, and its version counts how often
piled_up = max(
    (left - new).abs().max().item()
    if left is not None and left.any() and left._version > 9
    else 0.0
    for left, new in zip([each.grad for each in model.parameters()], fresh, strict=True)
)

assert len(costs) == 1000, {
    "en": f"train for 1000 epochs; there are {len(costs)} costs",
    "ko": f"1000 에포크 동안 학습하세요. 지금 cost는 {len(costs)}개입니다",
}
assert rose == 0, {
    "en": f"the cost must never rise; yours rose in {rose} epochs, by up to {rise:.3f}",
    "ko": f"cost가 커지는 에포크가 없어야 합니다. 지금은 {rose}번, 최대 {rise:.3f}만큼 커졌습니다",
}
assert reached < 0.4, {
    "en": f"the cost must end below 0.4; yours ends at {reached:.4f}",
    "ko": f"cost가 0.4보다 작게 끝나야 합니다. 지금은 {reached:.4f}입니다",
}
if costs:
    assert abs(costs[-1] - reached) <= 0.05 * reached + 1e-4, {
        "en": f"the costs must be the cross entropy of x_train; that ends at {reached:.4f}, and"
        f" yours end at {costs[-1]:.4f}",
        "ko": f"cost는 x_train의 크로스 엔트로피여야 합니다. 그 값은 {reached:.4f}인데,"
        f" 지금 끝난 cost는 {costs[-1]:.4f}입니다",
    }
assert piled_up < 0.01, {
    "en": "each epoch must begin with empty gradients: call optimizer.zero_grad();"
    f" yours are left {piled_up:.2g} away from those of one epoch",
    "ko": "에포크마다 optimizer.zero_grad()로 기울기를 비워야 합니다."
    f" 지금은 한 에포크의 기울기와 {piled_up:.2g}만큼 다릅니다",
}
if piled_up < 0.01 and true_costs:
    assert reached > 0.8 * true_costs[-1], {
        "en": "the model must have learnt in no more than these 1000 epochs; in them this optimizer"
        f" comes to {true_costs[-1]:.4f}, and yours came to {reached:.4f}",
        "ko": "모델은 이 1000 에포크 동안만 학습해야 합니다. 이 옵티마이저로는 1000 에포크 뒤의"
        f" cost가 {true_costs[-1]:.4f}인데, 지금은 {reached:.4f}입니다",
    }

# %% Chances at your rate view="every epoch"
draw_chances(hypothesis, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## Your turn: calm and fast
#
# Calm, but at 0.05 it ends at 0.35, far from the 0.002 of the wild
# one. The rate is not to blame: scores of 5 to 7 are, as you saw.
#
# So change the inputs. From each **column** of scores subtract
# its mean, then divide by its standard deviation (`std`): that
# is to **standardise**. The rate stays at 1.
#
# Write it into `x_scaled`. The cost must never rise, and end
# below 0.05.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 잠잠하고 빠르게
#
# 잠잠해졌지만 학습률 0.05로 얻은 0.35는 출렁이며 얻은 0.002보다
# 훨씬 큽니다. 학습률 탓이 아닙니다. 앞에서 본 대로 5점에서
# 7점이나 되는 큰 점수 때문입니다.
#
# 그러니 입력을 바꿉시다. 점수의 **열**마다 평균을 빼고
# 표준편차(`std`)로 나누는 것을 **표준화**라고 합니다. 학습률은
# 1 그대로입니다.
#
# `x_scaled`에 써 보세요. cost가 한 번도 커지지 않고 0.05보다
# 작게 끝나야 합니다.

# %% Calm and fast watch="cost" show="x_scaled hypothesis" tags=["exercise"]
x_scaled = x_train

torch.manual_seed(1)
model = SoftmaxClassifierModel()
optimizer = torch.optim.SGD(model.parameters(), lr=1)

costs = []
for epoch in range(1000):
    hypothesis = model(x_scaled)
    cost = F.cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    costs.append(cost.item())

# %% [markdown] lang="en" tags=["hint"]
# A column is one score of all students: its mean goes down the
# rows, along dimension 0.

# %% [markdown] lang="ko" tags=["hint"]
# 한 열은 모든 학생의 같은 과목 점수입니다. 평균은 행을 따라
# 아래로, 0번 차원으로 구합니다.

# %% [markdown] lang="en" tags=["hint"]
# `x_train.mean(dim=0)` gives four means, and `x_train.std(dim=0)`
# four deviations. Both have shape `[4]` and pair with columns.

# %% [markdown] lang="ko" tags=["hint"]
# `x_train.mean(dim=0)`은 평균 네 개, `x_train.std(dim=0)`은
# 표준편차 네 개입니다. 둘 다 shape이 `[4]`라서 열과 짝이 맞습니다.

# %% [markdown] lang="en" tags=["hint"]
# `x_scaled = (x_train - x_train.mean(dim=0)) / x_train.std(dim=0)`

# %% [markdown] lang="ko" tags=["hint"]
# `x_scaled = (x_train - x_train.mean(dim=0)) / x_train.std(dim=0)`

# %% tags=["solution"]
x_scaled = (x_train - x_train.mean(dim=0)) / x_train.std(dim=0)

torch.manual_seed(1)
model = SoftmaxClassifierModel()
optimizer = torch.optim.SGD(model.parameters(), lr=1)

costs = []
for epoch in range(1000):
    hypothesis = model(x_scaled)
    cost = F.cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    costs.append(cost.item())

# %% tags=["check"]
import inspect


def costs_again(x):
    # the same training, with costs that nobody else writes
    torch.manual_seed(1)
    fresh, kind = SoftmaxClassifierModel(), type(optimizer)
    takes = inspect.signature(kind).parameters
    chosen = {name: value for name, value in optimizer.defaults.items() if name in takes}
    again = kind(fresh.parameters(), **chosen)

    def cost_now():
        again.zero_grad()
        cost = F.cross_entropy(fresh(x), y_train)
        cost.backward()
        return cost

    return [again.step(cost_now).item() for epoch in range(1000)]


means = [round(mean, 2) for mean in x_scaled.mean(dim=0).tolist()]
deviations = [round(deviation, 2) for deviation in x_scaled.std(dim=0).tolist()]
ours = (x_train - x_train.mean(dim=0)) / x_train.std(dim=0)
farthest = (x_scaled - ours).abs().max().item()
costs = [torch.as_tensor(each).item() for each in costs]
stepped = [each for group in optimizer.param_groups for each in group["params"]]
# what moves the weights by hand cannot be repeated
is_its = set(stepped) == set(model.parameters())
true_costs = costs_again(x_scaled) if is_its else costs
of_each = [torch.tensor(each).diff() for each in (costs, true_costs) if len(each) > 1]
largest_rise = max((rises.max().item() for rises in of_each), default=0.0)
now = F.cross_entropy(model(x_scaled), y_train)
reached = now.item()
fresh = torch.autograd.grad(now, list(model.parameters()))
# what is never emptied is added to in place, and its version counts how often
piled_up = max(
    (left - new).abs().max().item()
    if left is not None and left.any() and left._version > 9
    else 0.0
    for left, new in zip([each.grad for each in model.parameters()], fresh, strict=True)
)

assert all(abs(mean) < 0.01 for mean in means), {
    "en": f"each column of x_scaled must have the mean 0; yours have {means}",
    "ko": f"x_scaled의 열마다 평균이 0이어야 합니다. 지금은 {means}입니다",
}
assert all(0.9 < deviation < 1.1 for deviation in deviations), {
    "en": f"each column of x_scaled must have the standard deviation 1; yours have {deviations}",
    "ko": f"x_scaled의 열마다 표준편차가 1이어야 합니다. 지금은 {deviations}입니다",
}
assert farthest < 0.2, {
    "en": "x_scaled must hold the scores of x_train, each in its place;"
    f" one of yours is {farthest:.2f} away",
    "ko": "x_scaled에는 x_train의 점수가 제자리에 있어야 합니다."
    f" 지금은 {farthest:.2f}만큼 다른 값이 있습니다",
}
assert len(costs) == 1000, {
    "en": f"train for 1000 epochs; there are {len(costs)} costs",
    "ko": f"1000 에포크 동안 학습하세요. 지금 cost는 {len(costs)}개입니다",
}
assert largest_rise < 1e-5, {
    "en": f"the cost must never rise; yours rose by up to {largest_rise:.3f}",
    "ko": f"cost가 커지면 안 됩니다. 지금은 최대 {largest_rise:.3f}만큼 커졌습니다",
}
assert reached < 0.05, {
    "en": f"the cost must end below 0.05; yours ends at {reached:.4f}",
    "ko": f"cost가 0.05보다 작게 끝나야 합니다. 지금은 {reached:.4f}입니다",
}
if costs:
    assert abs(costs[-1] - reached) <= 0.05 * reached + 1e-4, {
        "en": f"the costs must be the cross entropy of x_scaled; that ends at {reached:.4f}, and"
        f" yours end at {costs[-1]:.4f}",
        "ko": f"cost는 x_scaled의 크로스 엔트로피여야 합니다. 그 값은 {reached:.4f}인데,"
        f" 지금 끝난 cost는 {costs[-1]:.4f}입니다",
    }
assert piled_up < 0.01, {
    "en": "each epoch must begin with empty gradients: call optimizer.zero_grad();"
    f" yours are left {piled_up:.2g} away from those of one epoch",
    "ko": "에포크마다 optimizer.zero_grad()로 기울기를 비워야 합니다."
    f" 지금은 한 에포크의 기울기와 {piled_up:.2g}만큼 다릅니다",
}
if piled_up < 0.01 and true_costs:
    assert reached > 0.8 * true_costs[-1], {
        "en": "the model must have learnt in no more than these 1000 epochs; in them this optimizer"
        f" comes to {true_costs[-1]:.4f}, and yours came to {reached:.4f}",
        "ko": "모델은 이 1000 에포크 동안만 학습해야 합니다. 이 옵티마이저로는 1000 에포크 뒤의"
        f" cost가 {true_costs[-1]:.4f}인데, 지금은 {reached:.4f}입니다",
    }

# %% Chances, scores scaled view="every epoch"
draw_chances(hypothesis, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# A sorting machine measures fruits: how long and how wide each is,
# as distances from the usual. Three kinds run through it, 0, 1
# and 2, and kinds overlap a little.
#
# Write `my_model` and its training. Called with fruits, `[n, 2]`,
# it answers three **logits** a fruit, `[n, 3]`.
#
# The checks measure 900 other fruits: nine in ten must be sorted
# rightly, and their cross entropy must be below 0.25.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 선별기가 과일의 길이와 너비를 잽니다. 값은 보통 크기와의
# 차이입니다. 과일은 0, 1, 2 세 종류이고, 종류끼리 조금 겹칩니다.
#
# `my_model`과 학습 코드를 모두 써 보세요. `[n, 2]`를 넣으면
# 과일마다 **로짓** 세 개를 `[n, 3]`으로 답해야 합니다.
#
# 검사에서는 다른 과일 900개를 물어봅니다. 열에 아홉은 맞혀야 하고,
# 크로스 엔트로피가 0.25보다 작아야 합니다.

# %% A blank page tags=["exercise"]
torch.manual_seed(0)
# 90 fruits of three kinds: how long and how wide they are
middles = torch.tensor([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]])
y_fruits = torch.arange(90) % 3
x_fruits = middles[y_fruits] + 0.8 * torch.randn(90, 2)

# your model, and the loop that trains it

# %% [markdown] lang="en" tags=["hint"]
# Two numbers go in and three come out. Does the model need a
# softmax of its own, when the cost is `F.cross_entropy`?

# %% [markdown] lang="ko" tags=["hint"]
# 수 두 개가 들어가서 세 개가 나옵니다. cost로
# `F.cross_entropy`를 쓴다면 모델에 소프트맥스가 필요할까요?

# %% [markdown] lang="en" tags=["hint"]
# `nn.Linear(2, 3)` is enough, and SGD at 0.3 calms down on inputs
# this small. 300 epochs will do.

# %% [markdown] lang="ko" tags=["hint"]
# `nn.Linear(2, 3)`이면 됩니다. 입력이 작으므로 SGD에 학습률
# 0.3을 써도 잠잠합니다. 300 에포크면 충분합니다.

# %% [markdown] lang="en" tags=["hint"]
# In the loop `cost = F.cross_entropy(my_model(x_fruits), y_fruits)`,
# `optimizer.zero_grad()`, `cost.backward()`, `optimizer.step()`

# %% [markdown] lang="ko" tags=["hint"]
# 반복문에는 `cost = F.cross_entropy(my_model(x_fruits), y_fruits)`,
# `optimizer.zero_grad()`, `cost.backward()`, `optimizer.step()`

# %% tags=["solution"]
torch.manual_seed(0)
# 90 fruits of three kinds: how long and how wide they are
middles = torch.tensor([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]])
y_fruits = torch.arange(90) % 3
x_fruits = middles[y_fruits] + 0.8 * torch.randn(90, 2)

my_model = nn.Linear(2, 3)
optimizer = torch.optim.SGD(my_model.parameters(), lr=0.3)

for epoch in range(300):
    hypothesis = my_model(x_fruits)
    cost = F.cross_entropy(hypothesis, y_fruits)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()


# %% tags=["check"]
def asked(fruits):
    # a model may count in float64
    weights = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    kinds = [each.dtype for each in weights]
    answers = my_model(fruits.to(*kinds[:1]))
    return answers.float() if torch.is_tensor(answers) else answers


def weights_behind(answers):
    nodes, found = [answers.grad_fn], set()
    for node in nodes:
        if hasattr(node, "variable"):
            found.add(node.variable)
        nodes += [each for each, _ in getattr(node, "next_functions", ()) if each not in nodes]
    return found


def stayed(answers):
    # what steps pass by is as it was made, and its version says so
    weights = weights_behind(answers)
    return len(weights) > 0 and all(weight._version < 3 for weight in weights)


def length_of(tensors):
    return sum(each.norm().item() ** 2 for each in tensors) ** 0.5


torch.manual_seed(1)
if isinstance(my_model, nn.Module):
    my_model.eval()
y_new = torch.arange(900) % 3
places = torch.tensor([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]])
x_new = places[y_new] + 0.8 * torch.randn(900, 2)
is_class = isinstance(my_model, type)
answers = asked(x_new) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(answers).__name__
shape = list(answers.shape) if torch.is_tensor(answers) else kind
fits = shape == [900, 3]

assert fits, {
    "en": f"for 900 fruits my_model must answer three logits each, [900, 3]; yours answers {shape}",
    "ko": "과일 900개를 넣으면 my_model은 로짓을 세 개씩 [900, 3]으로 답해야 합니다."
    f" 지금은 {shape}입니다",
}
if fits:
    fits = not answers.isnan().any()
    assert fits, {
        "en": "my_model must answer numbers; yours answers nan: is the rate too large, or does the"
        " cost take the logarithm of 0?",
        "ko": "my_model은 수를 답해야 합니다. 지금은 nan을 답합니다. 학습률이 너무 크지 않은가요?"
        " cost에서 0의 로그를 구하지는 않나요?",
    }
if fits:
    are_chances = answers.min().item() >= 0 and (answers.sum(dim=1) - 1).abs().max().item() < 1e-3
    assert not are_chances, {
        "en": "my_model must answer logits; yours answers chances, which add up to 1:"
        " F.cross_entropy has the softmax inside, and a second one flattens everything",
        "ko": "my_model은 로짓을 답해야 합니다. 지금은 더하면 1이 되는 확률을 답합니다."
        " 소프트맥스는 F.cross_entropy 안에 있으니 두 번 하게 됩니다",
    }
if fits:
    right = (answers.argmax(dim=1) == y_new).double().mean().item()
    advice = {
        "en": "does every epoch take a step?",
        "ko": "에포크마다 한 걸음씩 움직이나요?",
    }
    if stayed(answers):
        advice = {
            "en": "do its weights move? Look at the order zero_grad(), backward(), step(), and"
            " at the parameters that the optimizer holds",
            "ko": "가중치가 움직이고 있나요? zero_grad(), backward(), step()의 순서와 옵티마이저에"
            " 넘긴 파라미터를 확인하세요",
        }
    assert right >= 0.9, {
        "en": "of 900 fruits that it has not seen, 90% must be sorted rightly;"
        f" yours sorts {right:.1%}: {advice['en']}",
        "ko": f"처음 보는 과일 900개 중 90%를 맞혀야 합니다. 지금은 {right:.1%}를 맞힙니다."
        f" {advice['ko']}",
    }
if fits:
    by_itself = asked(x_new[:1])
    assert torch.allclose(by_itself, answers[:1], atol=0.01), {
        "en": "a fruit must get the same logits whatever fruits come with it;"
        " yours change with the batch: along which dimension does the model work?",
        "ko": "어떤 과일과 함께 들어오든 한 과일의 로짓은 같아야 합니다. 지금은 배치에 따라"
        " 달라집니다. 모델이 어느 차원으로 계산하나요?",
    }
if fits:
    cost_new = F.cross_entropy(answers, y_new).item()
    assert cost_new < 0.25, {
        "en": "their cross entropy must be below 0.25;"
        f" yours is {cost_new:.4f}: is it the cost that you train with, and for long enough?",
        "ko": f"크로스 엔트로피가 0.25보다 작아야 합니다. 지금은 {cost_new:.4f}입니다."
        " 크로스 엔트로피를 cost로 삼아 충분히 학습했나요?",
    }
if fits:
    # what one example asks of the weights, beside what the last epoch left there
    weights = [weight for weight in weights_behind(answers) if weight.grad is not None]
    alone = []
    for at in range(90 if weights else 0):
        cost_of_one = F.cross_entropy(asked(x_fruits[[at]]), y_fruits[[at]])
        alone.append(length_of(torch.autograd.grad(cost_of_one, weights)))
    usual = length_of(torch.tensor(alone)) / max(1, len(alone)) ** 0.5
    left = length_of(weight.grad for weight in weights)
    # what is never emptied is added to in place, and its version counts how often
    added = max([weight.grad._version for weight in weights], default=0)
    assert added < 10 or left <= 0.4 * usual + 1e-3, {
        "en": f"each epoch must begin with empty gradients; yours were added to {added} times, and"
        f" are {left:.2g} long: where is zero_grad()?",
        "ko": f"에포크마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {left:.2g}입니다. zero_grad()를 불렀나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - Softmax turns logits into chances that add up to 1.
# - `F.cross_entropy` takes logits and class numbers; softmax
#   and one-hot are inside.
# - Too long a step bounces. How long is too long depends on
#   the size of the inputs, so scale them first.
#
# Things to try, here in the steps:
#
# - Seed 2 in the first 300 epochs (`#` until the seed is in hand,
#   then `}`): which path now?
# - Race `lr: 0.05 0.09 0.3 1` there with `V`.
# - With `:` ask `torch.exp(torch.tensor(1000.0))`. It is
#   infinite: how does `F.softmax` get by? (It subtracts the
#   largest logit first.)
# - With `:` ask for the grade of a student of your own:
#   `model((torch.tensor([[3, 5, 2, 4]]) - x_train.mean(0)) / x_train.std(0)).argmax()`.
#   Why the mean and deviation of `x_train`?

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 소프트맥스는 로짓을 합이 1인 확률로 바꿉니다.
# - `F.cross_entropy`는 로짓과 클래스 번호를 받습니다.
#   소프트맥스와 원-핫은 그 안에 있습니다.
# - 걸음이 너무 길면 출렁입니다. 얼마나 길어도 되는지는 입력의
#   크기에 달렸으니, 입력부터 표준화하세요.
#
# 지나온 단계로 돌아가서 직접 해 보세요.
#
# - 처음 300 에포크의 시드를 2로 바꾸면(시드가 잡힐 때까지 `#`를
#   누르고 `}`) 어떤 길로 갈까요?
# - 같은 단계에서 `V`로 `lr: 0.05 0.09 0.3 1`을 경주시켜 보세요.
# - `:`로 `torch.exp(torch.tensor(1000.0))`을 물어보세요.
#   무한대인데 `F.softmax`는 어떻게 할까요? (가장 큰 로짓을 먼저
#   뺍니다.)
# - `:`로 새 학생의 등급을 물어보세요.
#   `model((torch.tensor([[3, 5, 2, 4]]) - x_train.mean(0)) / x_train.std(0)).argmax()`
#   왜 `x_train`의 평균과 표준편차를 써야 할까요?

# %% [markdown] lang="ko" tags=["words"]
# - `Three chances`: 확률 세 개
# - `Eight students' chances`: 학생 여덟 명의 확률
# - `Chances until the end`: 끝까지 학습했을 때의 확률
# - `Chances at your rate`: 고른 학습률로 구한 확률
# - `Chances, scores scaled`: 표준화한 점수로 구한 확률
# - `chances of three logits`: 로짓 세 개의 확률
# - `epoch {}: cost {}`: 에포크 {}: cost {}
